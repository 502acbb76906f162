// SPDX-License-Identifier: GPL-3.0-or-later
// Lists that a simulation draws from. Nobody in them exists.
#include "app/ctl/simulated_words.h"

#include <array>

namespace huisbord {
namespace {

using Text = std::string_view;

constexpr std::array tigrinya{Text("Mehret"), Text("Yonas"), Text("Selam"), Text("Filmon"), Text("Dawit"),   Text("Senait"),
                              Text("Tesfay"), Text("Rahwa"), Text("Robel"), Text("Helen"),  Text("Abrehet"), Text("Kidane")};
constexpr std::array arabic{Text("Samir"), Text("Yousef"), Text("Nadia"), Text("Omar"),  Text("Layla"), Text("Karim"),
                            Text("Huda"),  Text("Bilal"),  Text("Amal"),  Text("Tarek"), Text("Rania"), Text("Walid")};
constexpr std::array english{Text("Grace"), Text("Kwame"), Text("Joy"),  Text("Emeka"),  Text("Blessing"), Text("Tunde"),
                             Text("Abena"), Text("Peter"), Text("Ruth"), Text("Victor"), Text("Joseph"),   Text("Esther")};
constexpr std::array farsi{Text("Reza"),   Text("Shirin"), Text("Dariush"), Text("Farhad"), Text("Navid"),
                           Text("Parisa"), Text("Mina"),   Text("Habib"),   Text("Zahra"),  Text("Jamshid")};
constexpr std::array french{Text("Fatou"),  Text("Sékou"),   Text("Mamadou"), Text("Aminata"), Text("Ibrahima"),
                            Text("Mariam"), Text("Ousmane"), Text("Awa"),     Text("Moussa"),  Text("Aïcha")};
constexpr std::array amharic{Text("Tigist"),  Text("Abel"),  Text("Hana"),  Text("Bereket"),
                             Text("Meseret"), Text("Dagim"), Text("Lulit"), Text("Yared")};
constexpr std::array somali{Text("Hodan"), Text("Abdi"), Text("Ayaan"), Text("Farah"), Text("Ifrah"), Text("Guled")};
constexpr std::array spanish{Text("Luz"), Text("Mateo"), Text("Inés"), Text("Diego"), Text("Rosa"), Text("Andrés")};
constexpr std::array portuguese{Text("João"), Text("Marta"), Text("Nelson"), Text("Graça")};

constexpr std::array<SimulatedLanguage, 9> languages{{{"ti", 24, tigrinya},
                                                      {"ar", 22, arabic},
                                                      {"en", 18, english},
                                                      {"fa", 12, farsi},
                                                      {"fr", 10, french},
                                                      {"am", 6, amharic},
                                                      {"so", 4, somali},
                                                      {"es", 2, spanish},
                                                      {"pt", 2, portuguese}}};

constexpr std::array<SimulatedVisit, 10> visits{{
    {AppointmentKind::law, "Gesprek met je advocaat", "Havenkade 12", "mr. Hoekstra", 60},
    {AppointmentKind::law, "Spreekuur rechtshulp", "Marktplein 3", "J. de Wit", 30},
    {AppointmentKind::doctor, "Huisarts", "Marktstraat 30", "dr. Yilmaz", 15},
    {AppointmentKind::doctor, "Tandarts", "Brugweg 8", "", 30},
    {AppointmentKind::school, "Nederlandse les", "Schoolplein 4", "", 120},
    {AppointmentKind::school, "Computercursus", "Bibliotheek Oost", "", 90},
    {AppointmentKind::plan, "Gesprek met je casemanager", "Kantoor beneden", "T. Visser", 45},
    {AppointmentKind::plan, "Plan bespreken", "Kantoor beneden", "P. Okafor", 45},
    {AppointmentKind::municipality, "Stadsloket", "Stadsplein 1", "", 30},
    {AppointmentKind::work, "Vrijwilligerswerk: kennismaken", "Buurthuis De Spil", "", 60},
}};

constexpr std::array<SimulatedNotice, 6> notices{{
    {NoticeIcon::shower, "De douche op de eerste verdieping is kapot. Donderdag komt de loodgieter.",
     "The shower on the first floor is broken. The plumber comes on Thursday.", "الدش في الطابق الأول معطل. يأتي السباك يوم الخميس.",
     "ኣብ ቀዳማይ ደርቢ ዘሎ ሻወር ተበላሽዩ። ሓሙስ ኪዕረ እዩ።"},
    {NoticeIcon::meeting, "Huisvergadering: iedereen kan een punt inbrengen.", "House meeting: everybody can bring a point.",
     "اجتماع البيت: يمكن للجميع طرح نقطة.", "ኣኼባ ገዛ፦ ኩሉ ሰብ ሓሳብ ከቕርብ ይኽእል።"},
    {NoticeIcon::repair, "Zaterdag is er een uur geen warm water.", "There is no hot water for an hour on Saturday.",
     "لا يوجد ماء ساخن لمدة ساعة يوم السبت.", "ቀዳም ንሓደ ሰዓት ውዑይ ማይ የለን።"},
    {NoticeIcon::key, "Nieuwe sleutels voor de voordeur: haal de jouwe op het kantoor.",
     "New keys for the front door: get yours at the office.", "مفاتيح جديدة للباب الأمامي: خذ مفتاحك من المكتب.",
     "ሓድሽ መፍትሕ ናይ ቀንዲ ማዕጾ፦ ናትካ ካብ ቤት ጽሕፈት ውሰድ።"},
    {NoticeIcon::food, "Vrijdag koken we samen. Kom je helpen?", "We cook together on Friday. Will you come and help?",
     "نطبخ معًا يوم الجمعة. هل تأتي للمساعدة؟", "ዓርቢ ብሓባር ክነብስል ኢና። ክትሕግዝ ትመጽእ ዶ?"},
    {NoticeIcon::warning, "Zet de fietsen niet voor de nooddeur.", "Do not put bicycles in front of the emergency door.",
     "لا تضع الدراجات أمام باب الطوارئ.", "ብሽክለታ ኣብ ቅድሚ ህጹጽ መውጽኢ ኣይትግበር።"},
}};

constexpr std::array<SimulatedActivity, 5> activities{{
    {ActivityKind::language_lesson, 1, 14 * 60, 15 * 60 + 30, "Huiskamer"},
    {ActivityKind::language_lesson, 3, 14 * 60, 15 * 60 + 30, "Huiskamer"},
    {ActivityKind::cooking, 4, 17 * 60 + 30, 19 * 60, "Keuken"},
    {ActivityKind::football, 5, 11 * 60, 13 * 60, "Sportveld"},
    {ActivityKind::bicycle, 2, 13 * 60, 16 * 60, "Schuur"},
}};

constexpr std::array houses{Text("Huis De Linde"),     Text("Huis De Kade"),   Text("Huis De Brug"),  Text("Huis Het Anker"),
                            Text("Huis De Toren"),     Text("Huis De Wilg"),   Text("Huis De Haven"), Text("Huis De Molen"),
                            Text("Huis De Vuurtoren"), Text("Huis Het Plein"), Text("Huis De Sluis"), Text("Huis De Ster")};
constexpr std::array staff{Text("Marieke Bos"), Text("Ahmed El Idrissi"), Text("Sanne Kuiper"), Text("Tim Vos"),
                           Text("Fatma Kaya"),  Text("Daan Prins"),       Text("Lotte Smit"),   Text("Kofi Mensah"),
                           Text("Noor Haddad"), Text("Bram Dekker"),      Text("Eva Mulder"),   Text("Ruben Post")};

}  // namespace

std::span<const SimulatedLanguage> simulated_languages() { return languages; }
std::span<const SimulatedVisit> simulated_visits() { return visits; }
std::span<const SimulatedNotice> simulated_notices() { return notices; }
std::span<const SimulatedActivity> simulated_activities() { return activities; }
std::span<const std::string_view> simulated_houses() { return houses; }
std::span<const std::string_view> simulated_staff() { return staff; }

}  // namespace huisbord
