//! The places of the rail (栏目) in their four groups, with path, icon and the permission that opens them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::components::icon::{Icon, lucide};
use crate::language::{t, zh};
use crate::security::{Grants, Permission};

/// A place one can go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Place {
    Home,
    Manager,
    Signing,
    Desk,
    Contacts,
    Answers,
    Cases,
    Dispatch,
    Jobs,
    FollowUp,
    Periods,
    Prices,
    Mail,
    Dossiers,
    Fees,
    Duty,
    Papers,
    Appraisal,
    Rounds,
    Rulebooks,
    Reports,
    Settings,
    Resident,
}

impl Place {
    /// The rail: its groups from top to bottom. A place stands here once its pages exist.
    pub const RAIL: [&[Place]; 5] = [
        &[Place::Home, Place::Manager, Place::Signing],
        &[Place::Desk, Place::Contacts, Place::Answers, Place::Cases, Place::Dispatch, Place::Jobs, Place::FollowUp],
        &[Place::Mail, Place::Dossiers],
        &[Place::Duty, Place::Papers, Place::Periods, Place::Prices, Place::Fees],
        &[Place::Rulebooks, Place::Reports, Place::Appraisal, Place::Settings],
    ];

    /// The place of a register's word: `duty`, `mail`.
    pub fn of_word(word: &str) -> Option<Place> {
        let places = [
            ("desk", Place::Desk),
            ("cases", Place::Cases),
            ("follow-up", Place::FollowUp),
            ("mail", Place::Mail),
            ("dossiers", Place::Dossiers),
            ("fees", Place::Fees),
            ("duty", Place::Duty),
            ("papers", Place::Papers),
            ("appraisal", Place::Appraisal),
            ("rounds", Place::Rounds),
            ("reports", Place::Reports),
        ];
        places.into_iter().find(|(known, _)| *known == word).map(|(_, place)| place)
    }

    /// Its first page.
    pub const fn path(self) -> &'static str {
        self.parts().0
    }

    /// Its name in the language of the request.
    pub fn label(self) -> &'static str {
        t(self.parts().1)
    }

    /// Its icon.
    pub fn icon(self) -> Icon {
        self.parts().2
    }

    /// What its first page asks for.
    pub const fn permission(self) -> Permission {
        self.parts().3
    }

    /// Whether the program has its first page yet; what it has not is not offered.
    pub fn is_built(self) -> bool {
        static PATHS: LazyLock<BTreeSet<&str>> =
            LazyLock::new(|| crate::site_map::routes().into_iter().map(|route| route.path).collect());
        PATHS.contains(self.path())
    }

    const fn parts(self) -> (&'static str, &'static str, Icon, Permission) {
        match self {
            Place::Home => ("/", zh("工作台"), lucide::LuGauge, Permission::HomeView),
            Place::Manager => ("/manager", zh("总览"), lucide::LuActivity, Permission::ManagerView),
            Place::Signing => ("/signing", zh("待我签字"), lucide::LuPenLine, Permission::CaseApprove),
            Place::Desk => ("/desk", zh("受理"), lucide::LuPhoneIncoming, Permission::DeskView),
            Place::Contacts => ("/contacts", zh("来访来电"), lucide::LuBookUser, Permission::DeskView),
            Place::Answers => ("/answers", zh("常用问答"), lucide::LuMessageCircleQuestion, Permission::AnswerView),
            Place::Cases => ("/cases", zh("事项"), lucide::LuClipboardList, Permission::CaseView),
            Place::Dispatch => ("/dispatch", zh("调度"), lucide::LuSend, Permission::DispatchView),
            Place::Jobs => ("/jobs", zh("我的任务"), lucide::LuWrench, Permission::JobView),
            Place::FollowUp => ("/follow-up", zh("回访"), lucide::LuPhoneCall, Permission::FollowUpView),
            Place::Periods => ("/periods", zh("定期事务"), lucide::LuCalendarCheck, Permission::PeriodView),
            Place::Prices => ("/prices", zh("收费标准"), lucide::LuTags, Permission::PriceView),
            Place::Mail => ("/mail", zh("收发室"), lucide::LuInbox, Permission::MailView),
            Place::Dossiers => ("/dossiers", zh("客户档案"), lucide::LuFolderOpen, Permission::DossierView),
            Place::Fees => ("/fees", zh("收费"), lucide::LuReceipt, Permission::FeeView),
            Place::Duty => ("/duty", zh("值班"), lucide::LuCalendarClock, Permission::DutyView),
            Place::Papers => ("/papers", zh("会议与文件"), lucide::LuFileText, Permission::PaperView),
            Place::Appraisal => ("/appraisal", zh("考评"), lucide::LuScale, Permission::AppraisalView),
            Place::Rounds => ("/rounds", zh("巡查与便民服务"), lucide::LuFootprints, Permission::RoundView),
            Place::Rulebooks => ("/rulebooks", zh("规程"), lucide::LuBookOpen, Permission::RulebookView),
            Place::Reports => ("/reports", zh("报表"), lucide::LuChartColumn, Permission::ReportView),
            Place::Settings => ("/settings", zh("设置"), lucide::LuSettings, Permission::SettingView),
            Place::Resident => ("/my", zh("我的报事"), lucide::LuHouse, Permission::ResidentView),
        }
    }
}

/// The four entries of the phone's bottom bar that a post needs most: the first four it may open.
pub fn bottom(grants: Grants) -> Vec<Place> {
    let order = [
        Place::Jobs,
        Place::Home,
        Place::Manager,
        Place::Signing,
        Place::Desk,
        Place::Cases,
        Place::FollowUp,
        Place::Mail,
        Place::Dispatch,
        Place::Fees,
        Place::Rulebooks,
        Place::Settings,
    ];
    order.into_iter().filter(|place| grants.allow(place.permission())).take(4).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::security::permission::usual;

    #[test]
    fn the_bottom_bar_follows_the_post() {
        assert_eq!(bottom(usual("technician")), [Place::Jobs, Place::Home, Place::Cases, Place::Dispatch]);
        assert_eq!(bottom(usual("front_desk")), [Place::Home, Place::Desk, Place::Cases, Place::FollowUp]);
        assert!(bottom(Grants::NONE).is_empty());
    }

    #[test]
    fn every_place_of_the_rail_has_its_own_path() {
        let mut paths: Vec<_> = Place::RAIL.concat().iter().map(|place| place.path()).collect();
        let count = paths.len();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), count);
    }
}
