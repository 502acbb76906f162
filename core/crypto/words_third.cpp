// SPDX-License-Identifier: GPL-3.0-or-later
// Words 1024 to 1535 of the list (minder to snel); their order never changes.
#include "core/crypto/words_list.h"

namespace huisbord::crypto {

// clang-format off
const WordQuarter words_third = {
    "minder", "miniem", "minst", "minuut", "mirte", "mispel", "mist", "mix", "mobiel", "modder", "model", "moe", "moed", "moeite",
    "moeras", "moesson", "mok", "mokka", "molen", "moment", "mompel", "mond", "monitor", "montuur", "mooi", "morel", "morgen", "morsen",
    "mortel", "mossel", "motor", "motto", "mousse", "mouw", "muesli", "muffin", "mug", "muil", "muis", "munt", "muren", "murmel", "mus",
    "museum", "musical", "mutatie", "mutsje", "muur", "muziek", "naaf", "naald", "naam", "naast", "nabij", "nacht", "nadeel", "nadien",
    "nadruk", "nagel", "najaar", "namen", "narcis", "nat", "natuur", "nauw", "navel", "nazomer", "nectar", "nee", "neef", "negen",
    "nek", "neon", "nest", "netel", "netjes", "netwerk", "neus", "nevel", "niets", "nieuw", "niezen", "nijver", "nippen", "niveau",
    "nodig", "noedels", "noest", "noga", "nok", "nooit", "noord", "noot", "normaal", "nota", "noten", "notitie", "notulen", "nougat",
    "novelle", "nuance", "nuchter", "nukkig", "nul", "nummer", "nut", "nuttig", "nylon", "oase", "ober", "object", "oceaan", "ochtend",
    "octaaf", "oester", "oever", "okapi", "oker", "oksel", "oktober", "olie", "olifant", "olijf", "olm", "omgang", "omheen", "omhoog",
    "omlaag", "omroep", "omslag", "omtrek", "omweg", "onder", "onkruid", "ontbijt", "onthaal", "ontspan", "ontwerp", "onweer", "onyx",
    "oog", "oogbol", "oogst", "ooit", "oor", "oorbel", "oorring", "oorwurm", "oost", "opa", "opbouw", "opeens", "open", "opera",
    "opgave", "opkomst", "opmaak", "opname", "oppas", "oprit", "opstel", "optocht", "oranje", "oregano", "orgel", "origami", "orka",
    "orkest", "otter", "oud", "ouder", "outfit", "ovaal", "oven", "over", "oxide", "ozon", "paadje", "paal", "paar", "pacht", "pad",
    "paddock", "pagaai", "pagina", "pakket", "paleis", "paling", "palm", "pan", "panda", "paneel", "panter", "papa", "paprika",
    "parade", "parel", "parfum", "park", "paspop", "passer", "pasta", "pasvorm", "patat", "patent", "patio", "patrijs", "pauk", "pauw",
    "pauze", "pedaal", "peddel", "peen", "pekel", "pels", "pen", "pendel", "penseel", "peper", "pergola", "periode", "perk", "perron",
    "pers", "perzik", "pesto", "petunia", "peuter", "piano", "piccolo", "pienter", "piep", "pier", "pijl", "pil", "pilaar", "piloot",
    "pimpel", "pincet", "pinda", "ping", "pink", "pioen", "pion", "piste", "pits", "pitten", "pixel", "pizza", "plaat", "plafond",
    "plak", "plan", "plat", "plein", "plek", "plezier", "plint", "ploeg", "plof", "plons", "plooi", "pluche", "pluim", "plukken",
    "plumeau", "plus", "pochet", "podium", "poeder", "poets", "poffer", "polder", "polka", "polo", "pols", "pomp", "poncho", "ponton",
    "pony", "pook", "pool", "poort", "pop", "post", "potlood", "praat", "pracht", "prairie", "prei", "prent", "present", "pret",
    "prijs", "prikkel", "prima", "prins", "prisma", "product", "proef", "profiel", "program", "pronk", "prooi", "proper", "proza",
    "pruik", "prunus", "publiek", "pudding", "pulp", "punt", "pupil", "pups", "puree", "purper", "put", "putten", "puzzel", "pyjama",
    "pylon", "quiche", "quiz", "raam", "raap", "rabat", "racket", "rad", "radar", "radijs", "rafel", "rail", "rammel", "raspen",
    "raster", "ratel", "rauw", "ravijn", "reactie", "recept", "reclame", "record", "redden", "rede", "reebok", "reeks", "reep",
    "reflex", "refrein", "regen", "regio", "reiger", "reken", "rekje", "rekken", "reling", "rem", "remise", "renbaan", "renner",
    "renstal", "rente", "reserve", "retour", "reuk", "reus", "reuze", "revue", "richel", "ricotta", "ridder", "riem", "riet", "rij",
    "rijbaan", "rijden", "rijgen", "rijm", "rijp", "rijst", "rijtuig", "rijwiel", "rilling", "ring", "riool", "riskant", "ritje",
    "ritme", "rits", "rivier", "rob", "robijn", "robot", "rodelen", "roede", "roei", "roep", "roer", "roest", "roffel", "rogge",
    "rolluik", "roltrap", "roman", "romig", "rommel", "rond", "ronken", "rook", "room", "roos", "ros", "rosbief", "rotan", "rotonde",
    "route", "royaal", "rozet", "rozijn", "rubber", "rubriek", "ruche", "rug", "rugzak", "ruig", "ruiker", "ruim", "ruisen", "rumoer",
    "rups", "rust", "ruw", "ruwbouw", "saffier", "sage", "salade", "salon", "salto", "sambal", "samen", "sandaal", "sardine", "satijn",
    "sauna", "saus", "sax", "scala", "schaaf", "scheef", "schijf", "schoen", "schraal", "schub", "scooter", "seconde", "sector",
    "seizoen", "selder", "sering", "serre", "server", "sesam", "sessie", "sfeer", "shampoo", "shirt", "shorts", "sieraad", "signaal",
    "sik", "sikkel", "simpel", "sinas", "sirene", "siroop", "sjaal", "sjouw", "skate", "ski", "sla", "slaap", "slag", "slak", "slang",
    "slede", "sleep", "slenter", "sleutel", "slim", "slinger", "slobber", "sloep", "slof", "slogan", "sloop", "slot", "sluis", "slurf",
    "smaak", "smal", "smaragd", "smeden", "smeer", "smelt", "smid", "smullen", "snaar", "snack", "snavel", "snede", "sneeuw", "snel"};
// clang-format on

}  // namespace huisbord::crypto
