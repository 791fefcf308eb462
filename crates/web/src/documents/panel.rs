//! What a paper, rule or circular shows first (签阅情况): who has signed and who has not, the text of a rule with its drafts, and the
//! reader's own button.

use journal::reads::CasePage;
use maud::{Markup, html};
use office::act;
use office::asked::{self, ACCEPTED, Asked, READ, REMINDED, RULES};
use office::case::Case;
use office::internal_rule::{self, Standing};

use super::{done_of, late_after, on_leave};
use crate::components::field::command;
use crate::components::{Timing, Tone, panel as framed, tag};
use crate::language::{said, t, zh};
use crate::security::Fault;
use crate::state::Here;

/// Whether a case has such a panel.
pub fn asks(case: &Case) -> bool {
    asked::asks(case)
}

/// The panels of a paper, rule or circular.
pub async fn panel(here: &Here, page: &CasePage, command_id: &str) -> Result<Markup, Fault> {
    let case = &page.case;
    let all = asked::of(case);
    let own = own_buttons(here, case, &all, command_id);
    if case.kind.id() == office::meeting::TASKS {
        return Ok(own);
    }
    let of_meeting = match case.kind.id() == office::meeting::REGISTER {
        true => super::meeting::panel(here, page, command_id).await?,
        false => html! {},
    };
    let signs: Vec<&Asked> = all.iter().filter(|it| it.act != READ).collect();
    let signed = match signs.is_empty() {
        true => html! {},
        false => {
            let shown = table(here, case, &signs).await?;
            let (done, of) = done_of(&all, signs[0].act);
            let reminds = may(page, REMINDED) && done < of && asked::stands(case);
            let beside = html! { @if reminds { (remind(case, command_id)) } };
            let title = match signs[0].act == office::meeting::MINUTES_READ {
                true => crate::t!("看过会议记录 {0} / {1}", done, of),
                false => crate::t!("签字 {0} / {1}", done, of),
            };
            framed(&title, beside, shown)
        }
    };
    let rule = match case.kind.id() == RULES {
        true => rule(here, case, &all),
        false => html! {},
    };
    let what = match case.kind.id() {
        RULES | office::meeting::REGISTER => html! {},
        _ => what(here, case),
    };
    Ok(html! { (own) (of_meeting) (what) (signed) (rule) })
}

/// What a paper or circular says: its words and its files.
fn what(here: &Here, case: &Case) -> Markup {
    let opening = case.entries.first().map(|entry| &entry.event.body);
    let told = ["document.sender", "document.letter_number", "document.arrived_on", "circular.reply_by"];
    let told = told.iter().filter(|id| !super::said_of(case, id).is_empty());
    html! {
        (framed(t("内容|文件"), html! {}, html! {
            p.small.dim {
                @for id in told { span.nowrap { (here.word(id)) " " (super::said_of(case, id)) } " " }
            }
            p.pre { (opening.map_or("", |it| it.note.as_str())) }
            (crate::cases::attached(opening.map_or(&[], |it| &it.attachments)))
        }))
    }
}

/// Whether the reader may do an act now.
fn may(page: &CasePage, act: &str) -> bool {
    page.offers.iter().any(|offer| offer.act == act && offer.refused.is_none())
}

/// What the reader is asked to do here, one press.
fn own_buttons(here: &Here, case: &Case, all: &[Asked], command_id: &str) -> Markup {
    let mine = all.iter().filter(|it| it.account == here.actor.account && it.done.is_none() && asked::stands(case));
    html! {
        @for it in mine {
            @let title = act::find(it.act).map_or("", |act| act.title);
            @if super::mine::at_once(it.act) {
                form method="post" action={ "/cases/" (case.id) "/acts/" (it.act) } {
                    (command(&format!("{command_id}-own-{}", it.act.replace('.', "-"))))
                    p { button.main.wide { (said(title, None)) } }
                }
            } @else {
                p { a.button.main.wide href={ "/cases/" (case.id) "/acts/" (it.act) } { (said(title, None)) " …" } }
            }
        }
    }
}

fn remind(case: &Case, command_id: &str) -> Markup {
    html! {
        form.inline method="post" action={ "/cases/" (case.id) "/acts/" (REMINDED) } {
            (command(&format!("{command_id}-remind")))
            button { (t("催签")) }
        }
    }
}

/// Everybody who was asked: when they signed, else whether they are on leave, late, and how often reminded.
async fn table(here: &Here, case: &Case, asked: &[&Asked]) -> Result<Markup, Fault> {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let away = on_leave(here).await?;
    let mut late = Vec::new();
    for it in asked {
        late.push(it.done.is_none() && late_after(here, it).await? <= here.now);
    }
    let stands = asked::stands(case);
    Ok(html! {
        div.scroll { table.plain-table {
            thead { tr { th { (t("姓名")) } th { (t("列入")) } th { (t("签字|名单")) } } }
            tbody {
                @for (it, late) in asked.iter().zip(&late) {
                    tr.late[*late && stands] {
                        td { b { (it.name) } }
                        td { (timing.time(it.since)) }
                        td {
                            @match it.done {
                                Some(at) => { span.nowrap { "✓ " (timing.time(at)) } }
                                None => {
                                    (tag(t("还没有签|名单"), if *late { Tone::Grave } else { Tone::Mind })) " "
                                    @if away.contains(&it.name) { (tag(t("休假，回来补签"), Tone::Plain)) " " }
                                    @if it.reminded > 0 { span.small.dim { (crate::t!("（催过 {} 次）", it.reminded)) } }
                                }
                            }
                        }
                    }
                }
            }
        } }
    })
}

/// Words of how a rule stands.
pub(super) fn standing_words(standing: Standing) -> &'static str {
    t(match standing {
        Standing::ToDiscuss => zh("等开会讨论"),
        Standing::ToAccept => zh("等签字认可"),
        Standing::ToIssue => zh("等下发"),
        Standing::ToCarryOut => zh("已下发，等宣布执行"),
        Standing::Coming => zh("到日执行"),
        Standing::InForce => zh("现行"),
        Standing::Ended => zh("已废止"),
        Standing::Withdrawn => zh("已撤销"),
    })
}

/// The text of a rule, how it stands, its drafts, and who has read it.
fn rule(here: &Here, case: &Case, all: &[Asked]) -> Markup {
    let zone = &here.house().laws().zone;
    let timing = Timing { now: here.now, zone };
    let standing = internal_rule::standing(case, zone.date(here.now));
    let drafts: Vec<_> = internal_rule::drafts(case).collect();
    let (read, of) = done_of(all, READ);
    let unread: Vec<&str> =
        all.iter().filter(|it| it.act == READ && it.done.is_none()).map(|it| it.name.as_str()).collect();
    let accepted_before = all.iter().filter(|it| it.act == ACCEPTED).filter_map(|it| it.done).min().is_some()
        && !case.has(internal_rule::DISCUSSED);
    let beside =
        html! { (tag(standing_words(standing), if standing == Standing::InForce { Tone::Plain } else { Tone::Mind })) };
    let text = html! {
        p.pre { (super::said_of(case, internal_rule::TEXT)) }
        @if accepted_before { p.small { (t("已经有人签字认可，但还没有开会讨论：要两样都有才能下发。")) } }
        @if drafts.len() > 1 {
            details {
                summary.small.dim { (crate::t!("以前的 {} 稿", drafts.len() - 1)) }
                @for (n, (at, entry)) in drafts.iter().enumerate().take(drafts.len() - 1) {
                    p.small.dim { (crate::t!("第 {} 稿", n + 1)) " " (timing.time(*at)) }
                    p.pre.small { (entry.event.body.attributes.get(internal_rule::TEXT).map_or("", String::as_str)) }
                }
            }
        }
    };
    html! {
        (framed(t("制度正文"), beside, text))
        @if of > 0 {
            (framed(&crate::t!("已阅 {0} / {1}", read, of), html! {}, html! {
                @if unread.is_empty() { p { (t("都看过了。")) } } @else { p.small { (t("还没有看的：")) (unread.join("、")) } }
            }))
        }
    }
}
