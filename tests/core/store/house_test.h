// SPDX-License-Identifier: GPL-3.0-or-later
// A desk and a kiosk of one furnished house, for the tests of the vault.
#pragma once

#include "core/journal/operation.h"
#include "tests/core/store/small_organisation.h"

namespace huisbord {

class HouseTest : public ::testing::Test {
 protected:
  HouseTest() : desk_device_(organisation_.add_device(DeviceClass::desk)), kiosk_device_(organisation_.add_device(DeviceClass::kiosk)) {
    charters_ = {organisation_.sign(organisation_.org()), organisation_.sign(organisation_.house())};
    desk_ = organisation_.make_vault(folder_ / "desk.db", desk_device_, charters_);
    kiosk_ = organisation_.make_vault(folder_ / "kiosk.db", kiosk_device_, charters_);
    furnish();
  }
  [[nodiscard]] ScopeId house() const { return organisation_.house(); }
  [[nodiscard]] Day today() const { return {static_cast<std::int32_t>(organisation_.clock.now().value / TestClock::day)}; }
  template <class Tag>
  Id<Tag> fresh() {
    return organisation_.random().id<Tag>();
  }

  void exchange() {
    for (const ScopeId& scope : {organisation_.org(), house()}) {
      const auto from_desk = drain(*desk_, scope);
      sent_by_desk_[scope].insert(sent_by_desk_[scope].end(), from_desk.begin(), from_desk.end());
      must(kiosk_->take_segments(scope, from_desk));
      must(desk_->take_segments(scope, drain(*kiosk_, scope)));
    }
  }
  void furnish() {
    group_ = fresh<WoongroepTag>();
    task_ = fresh<TaskTag>();
    for (auto& room : rooms_) room = fresh<RoomTag>();
    must(desk_->record(organisation_.org(), Actor::none(), House{organisation_.house_id(), "Huis De Linde"}));
    must(desk_->record(house(), Actor::none(), Woongroep{group_, "Boven", 1}));
    must(desk_->record(house(), Actor::none(), Room{rooms_[0], group_, "10"}));
    must(desk_->record(house(), Actor::none(), Room{rooms_[1], group_, "7"}));
    must(desk_->record(house(), Actor::none(), Task{task_, group_, TaskPlace::kitchen, {1200}, 127}));
    for (int i = 0; i < 7; ++i) must(desk_->record(house(), Actor::none(), DutyPlanned{task_, today() + i, rooms_[i % 2]}));
    exchange();
  }
  [[nodiscard]] DutyId duty(int days) const { return duty_of(task_, today() + days); }
  StoredDuty duty_at(const Vault& vault, int days) { return must(vault.duties(house(), today() + days, today() + days)).at(0); }
  void mark_done(int days) { must(kiosk_->record(house(), Actor::none(), DutyDone{duty(days), true})); }

  TestFolder folder_;
  SmallOrganisation organisation_;
  TestDevice desk_device_;
  TestDevice kiosk_device_;
  std::vector<Bytes> charters_;
  std::map<ScopeId, std::vector<Bytes>> sent_by_desk_;
  std::unique_ptr<Vault> desk_;
  std::unique_ptr<Vault> kiosk_;
  WoongroepId group_;
  TaskId task_;
  RoomId rooms_[2];
};

}  // namespace huisbord
