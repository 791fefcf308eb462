//! Acts of the mailroom (收发室): an item from the carrier's hand to the recipient's signature, a round with its count, and what
//! goes with them. Limits and who may are the rulebooks'.

use super::{Act, Effect, STEP, may, need};
use crate::case::CaseKind;

const ITEM: &[CaseKind] = &[crate::mail::ITEMS];
const ROUND: &[CaseKind] = &[crate::mail::ROUNDS];

/// Everybody who has an item in hand at some time; which post may do what is the rulebooks'.
pub(super) const HANDS: &[&str] = &[
    "mail_clerk",
    "owner_assistant",
    "service_assistant",
    "duty_staff",
    "front_desk",
    "receptionist",
    "service_centre",
    "area_staff",
    "security_guard",
    "service_supervisor",
    "service_centre_head",
    "office_manager",
];

/// Facts after which an item has left, or was void.
const GONE: &[&str] = &["mail.delivered", "mail.returned", "mail.forwarded", "mail.lost", "case.withdrawn"];

pub(super) const OPENING: Act = Act { posts: HANDS, without: &[], again: false, effect: Effect::Open, ..STEP };
const STEP_OF_ITEM: Act = Act { kinds: ITEM, posts: HANDS, without: GONE, ..STEP };
const END_OF_ITEM: Act = Act { again: false, effect: Effect::Close, ..STEP_OF_ITEM };
const STEP_OF_ROUND: Act = Act { kinds: ROUND, posts: HANDS, without: &["mail_round.done", "case.withdrawn"], ..STEP };

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: crate::mail::RECEIVED,
        title: "收件",
        said: "{who}收下{mail.kind}[ {mail.number}][，{mail.carrier}送来][，{mail.titles}][，{mail.paper}][，到付 {mail.cash_due} 元]。{note}",
        kinds: ITEM,
        fields: &[
            need("mail.kind"),
            may("mail.recipient"),
            may("mail.carrier"),
            may("mail.number"),
            may("mail.number_checked"),
            may("mail.titles"),
            may("mail.paper"),
            may("mail.cash_due"),
            may("mail.in_scope"),
            may("note"),
        ],
        ..OPENING
    },
    Act {
        id: "mail.logged",
        title: "填写代收记录",
        said: "{who}登记代收记录：{mail.carrier} {mail.number}，收件人 {mail.recipient}，接收人 {mail.receiver}。{note}",
        fields: &[may("mail.carrier"), may("mail.number"), may("mail.recipient"), may("mail.receiver"), may("note")],
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail.exception_opened",
        title: "登记投递疑难",
        said: "{who}登记疑难：{mail.doubt_kind}。{note}",
        fields: &[need("mail.doubt_kind"), need("note")],
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail.carrier_asked",
        title: "联系投递单位",
        said: "{who}联系投递单位核实：{note}",
        fields: &[need("note")],
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail.addressee_found",
        title: "查实收件人",
        said: "{who}查实收件人是 {mail.recipient}。{note}",
        fields: &[need("mail.recipient"), may("note")],
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail.damage_noted",
        title: "登记破损",
        said: "{who}登记破损：{note}",
        fields: &[need("note")],
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail.cash_settled",
        title: "货款结清",
        said: "{who}记下收件人已付到付款 {mail.cash_paid} 元。{note}",
        fields: &[need("mail.cash_paid"), may("note")],
        again: false,
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail.sorted",
        title: "分拣",
        said: "{who}分拣到 {mail.sort_group}。{note}",
        fields: &[need("mail.sort_group"), may("note")],
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail.sheet_entered",
        title: "登记签收表",
        said: "{who}登记签收表：{mail.recipient}。{note}",
        fields: &[may("mail.recipient"), may("note")],
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail.joined_round",
        title: "列入班次",
        said: "{who}列入 {mail_round.day} {mail_round.slot}。{note}",
        fields: &[may("mail_round.day"), may("mail_round.slot"), may("note")],
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail.taken_out",
        title: "外出派送",
        said: "{who}带出派送。{note}",
        fields: &[may("note")],
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail.entry_agreed",
        title: "同意进入",
        said: "{who}记下收件人请进。{note}",
        fields: &[may("note")],
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail.entered_premises",
        title: "进入室内",
        said: "{who}进门递送。{note}",
        fields: &[may("note")],
        ..STEP_OF_ITEM
    },
    Act {
        id: crate::mail::SIGNED,
        title: "收件人签收",
        said: "收件人核对签收[，{mail.signs_as}]：{mail.signer}。{note}",
        fields: &[may("mail.signer"), may("mail.signs_as"), may("note")],
        again: false,
        effect: Effect::SignCustomer,
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail.attempted",
        title: "投递未遇",
        said: "{who}投递未遇，带回保管：{case.reason}。{note}",
        fields: &[may("case.reason"), may("note")],
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail.delivered",
        title: "邮件送达",
        said: "{who}记为送达[，签收人 {mail.signer}]。{note}",
        fields: &[may("mail.signer"), may("note")],
        ..END_OF_ITEM
    },
    Act {
        id: "mail.weekend_requested",
        title: "要求周末派送",
        said: "{who}记下业户要求周末送。{note}",
        fields: &[may("note")],
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail.duty_signed",
        title: "值班代签",
        said: "值班{mail.duty_signer}核对代签。{note}",
        fields: &[need("mail.duty_signer"), may("note")],
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail.stored",
        title: "存放待交",
        said: "{who}存放在{mail.storage}，待周一交接。{note}",
        fields: &[may("mail.storage"), may("note")],
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail.delivery_noted",
        title: "注明送达",
        said: "{who}在代收记录上注明：{mail.outcome}。{note}",
        fields: &[need("mail.outcome"), may("note")],
        without: &["case.withdrawn"],
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail.handed_over",
        title: "交接收发员",
        said: "{mail.handed_by}交给{mail.taken_by}。{note}",
        fields: &[may("mail.handed_by"), may("mail.taken_by"), may("note")],
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail.held",
        title: "留存待领",
        said: "{who}放在{mail.storage}待领，取件码 {mail.pickup_code}[，{mail.remind_on} 催领]。{note}",
        fields: &[need("mail.storage"), may("mail.remind_on"), may("note")],
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail.reminded",
        title: "催领",
        said: "{who}催领：{note}",
        fields: &[need("note"), may("mail.remind_on")],
        after: &["mail.held"],
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail.slip_issued",
        title: "开退改批条",
        said: "{who}开退改批条：{mail.slip_kind}[，{mail.new_address}]。{case.reason}",
        fields: &[need("mail.slip_kind"), need("case.reason"), may("mail.new_address")],
        effect: Effect::Fill("mail_return_slip"),
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail.returned",
        title: "退回投递单位",
        said: "{who}连同批条退回投递单位。{note}",
        fields: &[may("note")],
        after: &["mail.slip_issued"],
        ..END_OF_ITEM
    },
    Act {
        id: "mail.forwarded",
        title: "转寄",
        said: "{who}转寄到 {mail.new_address}。{note}",
        fields: &[need("mail.new_address"), may("note")],
        after: &["mail.slip_issued"],
        ..END_OF_ITEM
    },
    Act {
        id: "mail.lost", title: "登记遗失", said: "{who}登记遗失：{note}", fields: &[need("note")], ..END_OF_ITEM
    },
    Act {
        id: crate::mail::COMPLAINED,
        title: "关联投诉",
        said: "{who}记下为这件登记的投诉 {mail.complaint}。{note}",
        fields: &[need("mail.complaint"), may("note")],
        without: &["case.withdrawn"],
        ..STEP_OF_ITEM
    },
    Act {
        id: "mail_round.opened",
        title: "开班",
        said: "{who}开 {mail_round.day} {mail_round.slot}。{note}",
        kinds: ROUND,
        fields: &[need("mail_round.day"), need("mail_round.slot"), may("note")],
        ..OPENING
    },
    Act {
        id: "mail_round.counted",
        title: "清点报刊",
        said: "{who}清点报刊，应到 {mail.copies_due} 份，实到 {mail.copies_counted} 份[：{mail_round.titles}]。{note}",
        fields: &[
            need("mail.copies_due"),
            need("mail.copies_counted"),
            need("mail.copies_match"),
            may("mail_round.titles"),
            may("note"),
        ],
        ..STEP_OF_ROUND
    },
    Act {
        id: "mail_round.difference_settled",
        title: "份数差异处理完毕",
        said: "{who}弄清份数差异：{case.reason}。{note}",
        fields: &[need("case.reason"), may("note")],
        after: &["mail_round.counted"],
        ..STEP_OF_ROUND
    },
    Act {
        id: "mail_round.delay_found",
        title: "报刊未到",
        said: "{who}记下报刊没有按时到。{note}",
        fields: &[may("note")],
        again: false,
        ..STEP_OF_ROUND
    },
    Act {
        id: "mail_round.delay_explained",
        title: "说明报刊迟到",
        said: "{who}向订户说明报刊迟到：{mail.told}。{note}",
        fields: &[may("mail.told"), may("note")],
        after: &["mail_round.delay_found"],
        without: &["mail_round.delay_closed", "case.withdrawn"],
        ..STEP_OF_ROUND
    },
    Act {
        id: "mail_round.postman_pressed",
        title: "催促投递员",
        said: "{who}联系投递员催送[，答应{mail_round.promised}]。{note}",
        fields: &[may("mail_round.promised"), may("note")],
        after: &["mail_round.delay_found"],
        without: &["mail_round.delay_closed", "case.withdrawn"],
        ..STEP_OF_ROUND
    },
    Act {
        id: "mail_round.late_papers_received",
        title: "迟到报刊收到",
        said: "{who}收到迟到的报刊。{note}",
        fields: &[may("note")],
        after: &["mail_round.delay_found"],
        without: &["mail_round.delay_closed", "case.withdrawn"],
        ..STEP_OF_ROUND
    },
    Act {
        id: "mail_round.delay_closed",
        title: "报刊迟到了结",
        said: "{who}了结报刊迟到。{note}",
        fields: &[may("note")],
        after: &["mail_round.delay_found"],
        without: &["case.withdrawn"],
        again: false,
        ..STEP_OF_ROUND
    },
    Act {
        id: "mail_round.set_out",
        title: "班次出发",
        said: "{who}出发。{note}",
        fields: &[may("note")],
        again: false,
        ..STEP_OF_ROUND
    },
    Act {
        id: "mail_round.done",
        title: "派发完毕",
        said: "{who}这一班了结：{mail_round.result}[，送到 {mail_round.delivered} 户][，{case.reason}]。{note}",
        fields: &[need("mail_round.result"), may("mail_round.delivered"), may("case.reason"), may("note")],
        again: false,
        effect: Effect::Close,
        ..STEP_OF_ROUND
    },
];
