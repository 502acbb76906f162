// SPDX-License-Identifier: GPL-3.0-or-later
// What a board says is the matter with it: nothing on an ordinary day, else each thing once.
#include "app/kiosk/noticing.h"

#include "core/journal/hybrid_clock.h"
#include "core/journal/witness_log.h"
#include "tests/app/kiosk/kiosk_house.h"

namespace huisbord {
namespace {

class Noticing : public KioskHouse {
 protected:
  std::vector<Concern> noticed() { return concerns_of(*kiosk_, must(i18n::HouseZone::open())); }
  static std::int64_t quarter(Millis at) { return at.value / Stamp::quarter_millis; }
};

TEST_F(Noticing, NothingOnAnOrdinaryDay) {
  must(kiosk_->set_last_contact(organisation_.clock.now()));
  EXPECT_TRUE(noticed().empty());
}

TEST_F(Noticing, EachFindingOnceAndTheLongestSilence) {
  const Millis now = organisation_.clock.now();
  const std::int64_t day = 24LL * 3600 * 1000;
  const std::vector<Finding> here{{Finding::Kind::withheld, 1, 4, 0},
                                  {Finding::Kind::withheld, 2, 9, 0},
                                  {Finding::Kind::nothing_from_office, 0, 0, quarter({now.value - 4 * day})}};
  const std::vector<Finding> there{{Finding::Kind::device_forked, 1, 3, 0},
                                   {Finding::Kind::nothing_from_office, 0, 0, quarter({now.value - 6 * day})}};
  must(kiosk_->witness_log()->keep(house(), here));
  must(kiosk_->witness_log()->keep(kiosk_->organisation().as<ScopeTag>(), there));
  const Day since = must(i18n::HouseZone::open()).house_time({now.value - 6 * day}).day;
  const std::vector<Concern> expected{
      {Concern::Kind::forked, {}}, {Concern::Kind::withheld, {}}, {Concern::Kind::nothing_from_office, since}};
  EXPECT_EQ(noticed(), expected);
}

TEST_F(Noticing, ABoardThatHeardNothingForSixtyDaysHasLapsed) {
  must(kiosk_->set_last_contact(kiosk_->trusted_now()));
  organisation_.clock.pass(59LL * 24 * 3600 * 1000);
  EXPECT_TRUE(noticed().empty());
  organisation_.clock.pass(2LL * 24 * 3600 * 1000);
  EXPECT_EQ(noticed(), (std::vector<Concern>{{Concern::Kind::lapsed, {}}}));
}

TEST_F(Noticing, AStoreThatWasPutBackSaysSo) {
  must(kiosk_->mark_copied());
  EXPECT_EQ(noticed(), (std::vector<Concern>{{Concern::Kind::copied, {}}}));
}

TEST_F(Noticing, ABoardThatTheOfficeCutOffSaysSo) {
  const auto heads = must(kiosk_->heads(house()));
  const auto own = std::ranges::find(heads, kiosk_device_.number, &Head::device);
  organisation_.cut(house(), kiosk_device_.number, own == heads.end() ? Cut{} : Cut{own->number, own->header_hash});
  organisation_.charter(house()).keyring.clear();  // no key is sealed to a device that is cut
  must(kiosk_->take_charter(organisation_.sign(house())));
  EXPECT_EQ(noticed(), (std::vector<Concern>{{Concern::Kind::cut, {}}}));
}

}  // namespace
}  // namespace huisbord
