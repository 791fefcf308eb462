//! What the mailroom keeps beside its items (收发登记): subscriptions, authorities to take mail, names on it, official letters that
//! were announced, hand-overs, inspections of how its staff behave.

use super::mail::{HANDS, OPENING};
use super::{Act, Effect, STEP, may, need};
use crate::case::CaseKind::{self, *};

const SUBSCRIPTION: &[CaseKind] = &[crate::mail::SUBSCRIPTIONS];
const AUTHORITY: &[CaseKind] = &[crate::mail::AUTHORITIES];
const NAME: &[CaseKind] = &[crate::mail::NAMES];
const HANDOVER: &[CaseKind] = &[crate::mail::HANDOVERS];
const NOTICE: &[CaseKind] = &[Record("mail_notices")];
const CONDUCT: &[CaseKind] = &[Record("mail_conduct")];

const LEADS: &[&str] = &["service_supervisor", "service_centre_head", "office_manager", "department_head"];

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "subscription.entered",
        title: "登记订阅",
        said: "{who}登记订阅《{subscription.title}》{subscription.copies} 份，{subscription.every}，\
               自 {subscription.from}[ 至 {subscription.to}]。{note}",
        kinds: SUBSCRIPTION,
        fields: &[
            need("subscription.title"),
            need("subscription.copies"),
            need("subscription.every"),
            need("subscription.from"),
            may("subscription.to"),
            may("subscription.issue_days"),
            may("subscription.no_issue"),
            may("note"),
        ],
        ..OPENING
    },
    Act {
        id: "subscription.changed",
        title: "变更订阅",
        said: "{who}变更订阅：{subscription.copies} 份，{subscription.every}，自 {subscription.from}[ 至 {subscription.to}]。{note}",
        kinds: SUBSCRIPTION,
        posts: HANDS,
        fields: &[
            need("subscription.copies"),
            need("subscription.every"),
            need("subscription.from"),
            may("subscription.to"),
            may("subscription.issue_days"),
            may("subscription.no_issue"),
            may("note"),
        ],
        without: &["subscription.ended", "case.withdrawn"],
        ..STEP
    },
    Act {
        id: "subscription.ended",
        title: "停订",
        said: "{who}停订：{note}",
        kinds: SUBSCRIPTION,
        posts: HANDS,
        fields: &[need("note")],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
    Act {
        id: "mail_authority.given",
        title: "登记代收授权",
        said: "{who}登记授权：{mail_authority.scope}[，代领人 {mail_authority.proxy}]，自 {mail_authority.from} 至 {mail_authority.to}。{note}",
        kinds: AUTHORITY,
        fields: &[
            need("mail_authority.scope"),
            need("mail_authority.from"),
            need("mail_authority.to"),
            may("mail_authority.proxy"),
            may("note"),
        ],
        ..OPENING
    },
    Act {
        id: "mail_authority.withdrawn",
        title: "撤回代收授权",
        said: "{who}记下授权撤回：{note}",
        kinds: AUTHORITY,
        posts: HANDS,
        fields: &[need("note")],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
    Act {
        id: "mail_name.entered",
        title: "登记收件名",
        said: "{who}登记收件名 {mail_name.name}（{mail_name.kind}）。{note}",
        kinds: NAME,
        fields: &[need("mail_name.name"), need("mail_name.kind"), may("note")],
        ..OPENING
    },
    Act {
        id: "mail_name.removed",
        title: "注销收件名",
        said: "{who}注销收件名：{note}",
        kinds: NAME,
        posts: HANDS,
        fields: &[need("note")],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
    Act {
        id: "mail_notice.entered",
        title: "登记到件通知",
        said: "{who}登记{mail.paper}到件，未代签，原件在{mail_notice.carrier_keeps}。{note}",
        kinds: NOTICE,
        fields: &[
            need("mail.paper"),
            need("mail_notice.sender"),
            need("mail_notice.carrier_keeps"),
            may("mail.number"),
            may("note"),
        ],
        ..OPENING
    },
    Act {
        id: "mail_notice.told",
        title: "通知收件人",
        said: "{who}通知收件人：{note}",
        kinds: NOTICE,
        posts: HANDS,
        fields: &[need("note")],
        ..STEP
    },
    Act {
        id: "mail_notice.fetched",
        title: "收件人自取",
        said: "{who}记下收件人已自取。{note}",
        kinds: NOTICE,
        posts: HANDS,
        fields: &[may("note")],
        after: &["mail_notice.told"],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
    Act {
        id: "mail_handover.opened",
        title: "开交接单",
        said: "{who}交出 {mail_handover.count} 件：{mail_handover.items}。{note}",
        kinds: HANDOVER,
        fields: &[need("mail_handover.count"), may("mail_handover.items"), may("note")],
        ..OPENING
    },
    Act {
        id: "mail_handover.taken",
        title: "接收交接",
        said: "{who}逐件核对，接收。{note}",
        kinds: HANDOVER,
        posts: HANDS,
        fields: &[may("note")],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
    Act {
        id: "mail_conduct.checked",
        title: "检查收发行为",
        said: "{who}检查{mail_conduct.person}：{mail_conduct.item}，符合规范 {mail_conduct.fits}。{note}",
        kinds: CONDUCT,
        posts: LEADS,
        fields: &[need("mail_conduct.person"), need("mail_conduct.item"), need("mail_conduct.fits"), may("note")],
        ..OPENING
    },
];
