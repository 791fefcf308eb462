//! A customer's file (客户档案): its twelve categories, what makes each complete, accurate and valid, and what other parts of the
//! product bring into it by themselves.

use jiff::civil::Date;

use crate::case::{ActOnCase, Case, CaseState};

/// The register of parking spaces let and sold.
pub const SPACES: &str = "parking_spaces";
/// A parking permit is given out, and taken back.
pub const PERMIT_ISSUED: &str = "parking_space.permit_issued";
/// See [`PERMIT_ISSUED`].
pub const PERMIT_RETURNED: &str = "parking_space.permit_returned";
/// The number on a parking permit.
pub const PERMIT: &str = "parking.permit";
/// The register of files; also their kind.
pub const REGISTER: &str = "dossiers";
/// The register of their categories.
pub const CATEGORIES_OF: &str = "dossier_categories";
/// What opens a file.
pub const OPENED: &str = "customer.file_opened";
/// What settles a category.
pub const SETTLED: &str = "dossier_item.category_settled";
/// The day until which what stands there is confirmed.
pub const CONFIRMED_UNTIL: &str = "dossier.reconfirm_by";

/// A category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Category {
    /// The attribute that speaks of it when a file is opened.
    pub attribute: &'static str,
    /// Its name.
    pub title: &'static str,
    /// Kinds of cases of the household that belong to it by themselves.
    pub kinds: &'static [&'static str],
}

const fn category(attribute: &'static str, title: &'static str, kinds: &'static [&'static str]) -> Category {
    Category { attribute, title, kinds }
}

/// All of them, in their order.
pub const CATEGORIES: [Category; 12] = [
    category(
        "dossier.own_data",
        "客户单位资料",
        &["foreign_bodies", "overseas_employees", "identity_cards", "leavers"],
    ),
    category("dossier.payments", "缴费记录", &["payments_filed"]),
    category("dossier.fit_out", "装修工程文件", &["fit_outs"]),
    category("dossier.move_in_forms", "迁入表格", &["move_ins", "meter_readings", "key_custody", "service_cards"]),
    category("dossier.supplements", "资料补充", &["supplements", "ownership_changes", "move_outs"]),
    category("dossier.contacts", "联络资料", &["contact_checks"]),
    category("dossier.emergency_contact", "紧急事故联络人", &["emergency_contacts"]),
    category("dossier.letters", "往来文件", &["customer_letters", "notices", "release_passes"]),
    category("dossier.violations", "违规与欠费", &["violations", "arrears", "special_events"]),
    category("dossier.repairs", "请修记录", &["repair", "service", "defect_orders"]),
    category("dossier.complaints", "投诉记录", &["complaint"]),
    category("dossier.engineering", "工程档案", &["fit_outs"]),
];

/// Categories that the product fills by itself: they are never without a source.
const BY_ITSELF: [&str; 4] = ["dossier.letters", "dossier.violations", "dossier.repairs", "dossier.complaints"];
/// What their source is called.
const ITSELF: &str = "系统自动归集";

/// What was said of a category when its file was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// It is there.
    There,
    /// It does not apply, and why.
    NotApplicable(String),
    /// Nothing, or that it does not apply without a reason.
    Nothing,
}

/// How to read the words of a category.
pub fn said(words: &str) -> Said {
    let words = words.trim();
    let Some(reason) = words.strip_prefix("不适用") else {
        return if words.is_empty() { Said::Nothing } else { Said::There };
    };
    let reason =
        reason.trim_start_matches(['：', ':', '，', ',', '（', '(', ' ', '　']).trim_end_matches(['）', ')']).trim();
    if reason.is_empty() { Said::Nothing } else { Said::NotApplicable(reason.to_owned()) }
}

/// The category with this name.
pub fn find(title: &str) -> Option<&'static Category> {
    CATEGORIES.iter().find(|it| it.title == title)
}

/// What settles a category at the opening of its file; none when it stays open.
pub fn settles(file: &Case, category: &Category) -> Option<ActOnCase> {
    let value = |id: &str| file.attributes.get(id).map_or("", |it| it.trim());
    let mut attributes =
        vec![("dossier.verifier", value("dossier.verifier")), (CONFIRMED_UNTIL, value(CONFIRMED_UNTIL))];
    let told = said(value(category.attribute));
    match &told {
        Said::There => attributes.push(("dossier.source", value("dossier.source"))),
        Said::NotApplicable(reason) => {
            attributes.push(("dossier.source", value("dossier.source")));
            attributes.push(("dossier.not_applicable", reason));
        }
        Said::Nothing if BY_ITSELF.contains(&category.attribute) => attributes.push(("dossier.source", ITSELF)),
        Said::Nothing => return None,
    }
    let attributes = attributes.into_iter().filter(|(_, value)| !value.is_empty());
    let attributes = attributes.map(|(id, value)| (id.to_owned(), value.to_owned())).collect();
    Some(ActOnCase { act: SETTLED.to_owned(), attributes, ..ActOnCase::default() })
}

/// How a category of a file stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// It is there, or does not apply for a reason.
    pub complete: bool,
    /// Its source is told, and who verified it.
    pub accurate: bool,
    /// It is confirmed until this day.
    pub until: Option<Date>,
}

impl Standing {
    /// How a category's record stands.
    pub fn of(record: &Case) -> Standing {
        let has = |id: &str| record.attributes.get(id).is_some_and(|value| !value.trim().is_empty());
        let complete = record.has(SETTLED) && record.state != CaseState::Withdrawn;
        let until = record.attributes.get(CONFIRMED_UNTIL).and_then(|date| date.parse().ok());
        Standing { complete, accurate: complete && has("dossier.source") && has("dossier.verifier"), until }
    }

    /// Whether what stands there is confirmed on this day.
    pub fn valid(&self, on: Date) -> bool {
        self.complete && self.until.is_some_and(|until| until >= on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_applicable_needs_a_reason() {
        assert_eq!(said("不适用：未装修"), Said::NotApplicable("未装修".into()));
        assert_eq!(said("不适用（毛坯）"), Said::NotApplicable("毛坯".into()));
        assert_eq!(said(" 不适用 "), Said::Nothing);
        assert_eq!(said(""), Said::Nothing);
        assert_eq!(said("有"), Said::There);
    }

    #[test]
    fn every_category_is_spoken_of_and_fed_by_registers_that_exist() {
        let opening = crate::act::find(OPENED).expect("the act");
        for category in &CATEGORIES {
            assert!(opening.fields.iter().any(|it| it.attribute == category.attribute), "{}", category.title);
            for kind in category.kinds {
                assert!(crate::case::CaseKind::of(kind).is_some(), "{kind}");
            }
            assert_eq!(find(category.title).map(|it| it.attribute), Some(category.attribute));
        }
    }

    #[test]
    fn what_is_confirmed_until_a_day_holds_on_that_day() {
        let until = "2027-11-16".parse().expect("a date");
        let standing = Standing { complete: true, accurate: true, until: Some(until) };
        assert!(standing.valid(until) && !standing.valid(until.tomorrow().expect("a day")));
        assert!(!Standing { complete: false, ..standing }.valid(until));
    }
}
