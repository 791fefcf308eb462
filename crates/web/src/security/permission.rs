//! Permissions (权限): one per page and per command, granted to posts at a site. What is not granted is denied.

use crate::language::zh;

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $id:literal, zh($title:literal);)+) => {
        /// What a route asks of its visitor.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Permission {
            $($(#[$doc])* #[doc = $title] $name,)+
        }

        impl Permission {
            /// All of them, in the order of the rail.
            pub const ALL: &[Permission] = &[$(Permission::$name),+];

            /// The id under which a grant is stored: `desk.view`.
            pub const fn id(self) -> &'static str {
                match self { $(Permission::$name => $id),+ }
            }

            /// Its title in Chinese; say it with `t`.
            pub const fn title(self) -> &'static str {
                match self { $(Permission::$name => zh($title)),+ }
            }
        }
    };
}

permissions! {
    /// Not granted but open to everyone, signed in or not.
    Anyone = "anyone", zh("所有人可用");
    /// Not granted but open to every account.
    SignedIn = "signed_in", zh("登录后可用");
    HomeView = "home.view", zh("看工作台");
    ManagerView = "manager.view", zh("看总览");
    DeskView = "desk.view", zh("看受理台");
    ContactTake = "contact.take", zh("接待与登记来访来电");
    ContactReport = "contact.report", zh("登记自己听到的事");
    ContactDraw = "contact.draw", zh("抽取来访来电复听");
    AnswerView = "answer.view", zh("看常用问答");
    AnswerWork = "answer.work", zh("编写常用问答");
    CaseView = "case.view", zh("看事项");
    CaseWork = "case.work", zh("处理事项");
    FormPrint = "form.print", zh("打印单据");
    CaseClass = "case.class", zh("定类与改类");
    CaseClose = "case.close", zh("结案");
    CaseReopen = "case.reopen", zh("重开与撤销事项");
    CaseApprove = "case.approve", zh("审批事项");
    PersonUnmask = "person.unmask", zh("查看未遮盖的个人信息");
    PersonErase = "person.erase", zh("抹除个人信息");
    DispatchView = "dispatch.view", zh("看调度");
    DispatchAssign = "dispatch.assign", zh("派单与转派");
    JobView = "job.view", zh("看我的任务");
    JobWork = "job.work", zh("接单、到场、维修与签字");
    FollowUpView = "follow_up.view", zh("看回访");
    FollowUpWork = "follow_up.work", zh("回访登记");
    FollowUpDraw = "follow_up.draw", zh("抽取回访样本");
    PeriodView = "period.view", zh("看定期事务");
    PeriodWork = "period.work", zh("登记定期事务");
    PriceView = "price.view", zh("看收费标准");
    PriceWork = "price.work", zh("编写收费标准");
    MailView = "mail.view", zh("看收发室");
    MailWork = "mail.work", zh("收发邮件与报刊");
    MailHandOver = "mail.hand_over", zh("收发室交接");
    DossierView = "dossier.view", zh("看客户档案");
    DossierWork = "dossier.work", zh("建档与改档");
    DossierLend = "dossier.lend", zh("借阅与移交档案");
    DossierDispose = "dossier.dispose", zh("批准销毁档案");
    FeeView = "fee.view", zh("看收费");
    FeeWork = "fee.work", zh("记账与收款");
    FeeApprove = "fee.approve", zh("批准减免与退费");
    DutyView = "duty.view", zh("看值班");
    DutyWork = "duty.work", zh("值班记录与交接班");
    DutyRoster = "duty.roster", zh("排班");
    PaperView = "paper.view", zh("看会议与文件");
    PaperWork = "paper.work", zh("召集会议与起草文件");
    PaperApprove = "paper.approve", zh("审批文件");
    AppraisalView = "appraisal.view", zh("看考评");
    AppraisalWork = "appraisal.work", zh("考评登记");
    AppraisalApprove = "appraisal.approve", zh("批准考评结果");
    RoundView = "round.view", zh("看巡查与便民服务");
    RoundWork = "round.work", zh("巡查与便民登记");
    RulebookView = "rulebook.view", zh("看规程");
    RulebookAdopt = "rulebook.adopt", zh("采用规程与确认读法");
    ReportView = "report.view", zh("看报表");
    ReportExport = "report.export", zh("导出报表与登记簿");
    ReportSeal = "report.seal", zh("封存上报数字");
    SettingView = "setting.view", zh("看设置");
    SettingWork = "setting.work", zh("改设置与账号");
    JournalView = "journal.view", zh("看操作流水");
    ResidentView = "resident.view", zh("住户页面");
}

// The grants are bits of one word; the next permission beyond it would be lost silently.
const _: () = assert!(Permission::ALL.len() <= 128);

impl Permission {
    /// The permission of a stored id.
    pub fn of_id(id: &str) -> Option<Permission> {
        Permission::ALL.iter().copied().find(|permission| permission.id() == id)
    }
}

/// A set of permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Grants(u128);

impl Grants {
    /// No permission at all.
    pub const NONE: Grants = Grants(0);

    /// These permissions.
    pub fn of(permissions: &[Permission]) -> Grants {
        permissions.iter().fold(Grants::NONE, |grants, permission| grants.with(*permission))
    }

    /// The same and one more.
    #[must_use]
    pub fn with(self, permission: Permission) -> Grants {
        Grants(self.0 | 1 << permission as u8)
    }

    /// The same less one.
    #[must_use]
    pub fn without(self, permission: Permission) -> Grants {
        Grants(self.0 & !(1 << permission as u8))
    }

    /// Both sets together: someone who holds two posts.
    #[must_use]
    pub fn and(self, other: Grants) -> Grants {
        Grants(self.0 | other.0)
    }

    /// Whether the holder, who is signed in, may.
    pub fn allow(self, permission: Permission) -> bool {
        match permission {
            Permission::Anyone | Permission::SignedIn => true,
            granted => self.0 & 1 << granted as u8 != 0,
        }
    }

    /// The granted permissions in order.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |it| self.0 & 1 << *it as u8 != 0)
    }
}

use Permission as P;

/// What nearly every post of the office sees.
const SEES: &[P] = &[
    P::HomeView,
    P::ContactReport,
    P::AnswerView,
    P::PriceView,
    P::CaseView,
    P::PeriodView,
    P::PeriodWork,
    P::DutyView,
    P::PaperView,
    P::RoundView,
    P::RulebookView,
];
const SERVES: &[P] = &[
    P::DeskView,
    P::ContactTake,
    P::CaseWork,
    P::FormPrint,
    P::CaseClass,
    P::FollowUpView,
    P::FollowUpWork,
    P::MailView,
    P::MailWork,
    P::MailHandOver,
    P::DossierView,
    P::DossierWork,
    P::DispatchView,
    P::DispatchAssign,
    P::DutyWork,
    P::RoundWork,
    P::FeeView,
    P::PersonUnmask,
];
const LEADS: &[P] = &[
    P::ManagerView,
    P::ContactDraw,
    P::AnswerWork,
    P::CaseClose,
    P::CaseReopen,
    P::CaseApprove,
    P::FollowUpDraw,
    P::DutyRoster,
    P::PaperWork,
    P::AppraisalView,
    P::AppraisalWork,
    P::ReportView,
    P::ReportExport,
    P::DossierLend,
    P::SettingView,
];
const MANAGES: &[P] = &[
    P::PaperApprove,
    P::AppraisalApprove,
    P::RulebookAdopt,
    P::ReportSeal,
    P::FeeApprove,
    P::DossierDispose,
    P::SettingWork,
    P::JournalView,
    P::FeeWork,
];
/// Who writes the price list: `office::price::EDITORS`.
const PRICES: &[P] = &[P::PriceWork];
/// Who works on matters prints their papers.
const PRINTS: &[P] = &[P::CaseWork, P::FormPrint];
/// Who has mail in hand.
const CARRIES: &[P] = &[P::MailView, P::MailWork];
const MENDS: &[P] = &[P::JobView, P::JobWork, P::DispatchView, P::DutyWork, P::RoundWork];

/// What a post of the vocabulary (`rulebooks/words.toml`) may do before the site changes it. An unknown post: nothing.
pub fn usual(post: &str) -> Grants {
    let parts: &[&[P]] = match post {
        "senior_leadership"
        | "management_representative"
        | "company_leader"
        | "company_manager"
        | "general_manager"
        | "enterprise_department"
        | "quality_department"
        | "superior_leader" => &[
            SEES,
            &[
                P::ManagerView,
                P::CaseApprove,
                P::ReportView,
                P::ReportExport,
                P::PaperApprove,
                P::AppraisalView,
                P::JournalView,
            ],
        ],
        "office_manager" => &[SEES, SERVES, LEADS, MANAGES, PRICES],
        "service_supervisor" | "service_centre_head" => &[SEES, SERVES, LEADS, PRICES],
        "service_centre" | "front_desk" | "receptionist" | "area_staff" | "follow_up_person" => &[SEES, SERVES],
        "department_first" | "department_head" => &[SEES, LEADS, PRINTS, &[P::DutyWork]],
        "engineering_supervisor" | "deputy_engineering_supervisor" => {
            &[SEES, MENDS, LEADS, PRICES, PRINTS, &[P::DispatchAssign, P::DeskView, P::ContactTake]]
        }
        "technician" => &[SEES, MENDS],
        "warranty_office" | "responsible_department" | "responsible_person" => &[SEES, PRINTS, &[P::JobView]],
        "finance" => {
            &[SEES, PRICES, &[P::FormPrint, P::FeeView, P::FeeWork, P::ReportView, P::ReportExport, P::DossierView]]
        }
        "purchaser" | "business_provider" => &[SEES, PRINTS],
        "archive" => &[SEES, &[P::DossierView, P::DossierWork, P::DossierLend]],
        "security_guard" | "duty_staff" => {
            &[SEES, CARRIES, &[P::DossierView, P::DeskView, P::ContactTake, P::DutyWork, P::RoundWork, P::MailHandOver]]
        }
        "mail_clerk" => &[SEES, CARRIES, PRINTS, &[P::MailHandOver, P::DutyWork, P::ReportExport]],
        "owner_assistant" | "service_assistant" => &[SEES, CARRIES, PRINTS],
        "employee" | "management_staff" => &[SEES],
        "administrator" => &[&[P::SettingView, P::SettingWork, P::JournalView, P::RulebookView, P::PersonErase]],
        "resident" => &[&[P::ResidentView]],
        _ => &[],
    };
    parts.iter().fold(Grants::NONE, |grants, part| grants.and(Grants::of(part)))
}

/// The title of the permissions column in a refusal.
pub const NOT_GRANTED: &str = zh("您的岗位没有这项权限");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_allowed_that_was_not_granted() {
        for permission in Permission::ALL {
            let open = matches!(permission, P::Anyone | P::SignedIn);
            assert_eq!(Grants::NONE.allow(*permission), open, "{permission:?}");
            assert!(Grants::NONE.with(*permission).allow(*permission));
            assert_eq!(Grants::of(Permission::ALL).without(*permission).allow(*permission), open);
        }
        assert_eq!(usual("gardener"), Grants::NONE);
    }

    #[test]
    fn a_repairer_cannot_settle_money_and_a_resident_sees_only_their_pages() {
        let repairer = usual("technician");
        assert!(repairer.allow(P::JobWork));
        assert!(!repairer.allow(P::FeeApprove));
        assert!(!repairer.allow(P::PersonUnmask));
        assert_eq!(usual("resident").iter().collect::<Vec<_>>(), [P::ResidentView]);
    }

    #[test]
    fn ids_are_distinct_and_come_back() {
        for permission in Permission::ALL {
            assert_eq!(Permission::of_id(permission.id()), Some(*permission));
        }
        assert_eq!(Permission::of_id("desk"), None);
    }

    /// A post that only a rulebook brings may do nothing until the site grants it something; but a post named here must
    /// exist, else its grants are dead.
    #[test]
    fn every_post_named_here_is_in_the_vocabulary() {
        let words = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks/words.toml");
        let text = std::fs::read_to_string(words).unwrap();
        let posts: Vec<&str> = text.split("[[post]]").skip(1).filter_map(|part| part.split('"').nth(1)).collect();
        let code = include_str!("permission.rs");
        let arms = code.split("match post {").nth(1).and_then(|it| it.split("_ => &[]").next()).unwrap();
        let named = arms.split('"').skip(1).step_by(2).filter(|post| *post != "administrator");
        let mut count = 0;
        for post in named {
            count += 1;
            assert!(posts.contains(&post), "{post} is not in rulebooks/words.toml");
            assert_ne!(usual(post), Grants::NONE, "{post}");
        }
        assert!(count >= 20, "{count} posts found");
    }
}
