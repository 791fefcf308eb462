//! One household's file (一户档案): who is and was there, the twelve categories with what came into each, open matters, papers, who
//! saw it; and the forms that change it.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use journal::reads::{CategoryRow, DossierPage};
use maud::{Markup, html};
use office::Refusal;
use office::household::{Former, Person, Tenure};
use office::register;

use super::list::share;
use crate::cases::attached as files;
use crate::components::field::{Control, Field, command};
use crate::components::figure::{Figure, figures};
use crate::components::{Timing, Tone, empty, facts, panel, refusal, refused, tag};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place, escaped, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// What can be begun from a file, in the order of a customer's life.
const BEGINS: [&str; 14] = [
    "move_ins",
    "emergency_contacts",
    "dossier_materials",
    "customer_letters",
    "fit_outs",
    "release_passes",
    "bike_plates",
    "parking_applications",
    "key_custody",
    "violations",
    "contact_checks",
    "needs",
    "ownership_changes",
    "move_outs",
];

/// What was refused, and at which form.
pub(super) struct Refused<'a> {
    /// The form: `people`, `merge` …
    pub form: &'a str,
    /// Why.
    pub no: &'a Refusal,
    /// What was filled in.
    pub filled: &'a Filled,
}

/// `GET /dossiers/{id}`.
pub async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    match read(&here, &id, false).await? {
        Some(page) => Ok(render(&here, &page, None, false).await?.into_response()),
        None => Ok(wrong::not_found()),
    }
}

/// `POST /dossiers/{id}/unmask`: people in full once, after the purpose is on record.
pub async fn unmask(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let Some(page) = read(&here, &id, false).await? else { return Ok(wrong::not_found()) };
    let (sent, subject) = (here.sent(filled.command())?, format!("household:{id}"));
    let done = here.house().unmasked(sent, subject, filled.get("purpose").to_owned()).await;
    match done.map_err(|fault| Fault::new("登记查看用途", fault))? {
        Err(no) => {
            let refused_ = Refused { form: "unmask", no: &no, filled: &filled };
            Ok(refused(render(&here, &page, Some(&refused_), false).await?, &no))
        }
        Ok(_) => {
            let full = read(&here, &id, true).await?.unwrap_or(page);
            Ok(render(&here, &full, None, true).await?.into_response())
        }
    }
}

/// The file; none when the household is not on file.
pub(super) async fn read(here: &Here, id: &str, unmask: bool) -> Result<Option<DossierPage>, Fault> {
    let page = here.house().dossier(here.site, id.to_owned(), unmask).await;
    page.map_err(|fault| Fault::new("读取客户档案", fault))
}

/// The page; `full` once a purpose is on record.
pub(super) async fn render(
    here: &Here,
    page: &DossierPage,
    no: Option<&Refused<'_>>,
    full: bool,
) -> Result<Fragment, Fault> {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let fresh = here.sent(None)?;
    let fresh = fresh.command.as_str();
    let works = here.viewer.grants.allow(Permission::DossierWork);
    let home = &page.household;
    let joined_to = home.merged_into.as_ref();
    let body = html! {
        @if let Some(into) = joined_to {
            p.told role="status" {
                (t("这份档案已经并入")) " " a href={ "/dossiers/" (escaped(into)) } { (into) }
            }
        }
        (standing(here, page))
        div.beside {
            div {
                (panel(t("十二类材料"), file_beside(here, page), categories(page)))
                @if !page.open.is_empty() { (panel(t("未结的事"), count(page.open.len()), open(page, timing))) }
                @if !page.files.is_empty() { (panel(t("文件和照片"), count(page.files.len()), files(&page.files))) }
                @if !page.letters.is_empty() { (panel(t("发出的函件"), html! {}, letters(page))) }
            }
            div {
                (panel(t("何人"), html! {}, people(here, page, (works && joined_to.is_none(), full), no, fresh)))
                (panel(t("单元"), html! {}, unit(page)))
                (crate::fees::of_unit(here, &home.id).await?)
                @if works && joined_to.is_none() { (panel(t("登记"), html! {}, begins(here, page))) }
                (panel(t("合并"), html! {}, merging(page, works, no, fresh)))
                (panel(t("谁看过"), html! {}, seen(here, page, timing).await?))
            }
        }
    };
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("客户档案").to_owned(), path: "/dossiers".to_owned() }];
    let title = home.room.to_string();
    Ok(Fragment(Page { crumbs: &crumbs, ..Page::new(&title, Frame::Desk(Place::Dossiers, &around), body) }.render()))
}

fn count(n: usize) -> Markup {
    html! { span.dim { (n) } }
}

/// The three percentages of the file.
fn standing(here: &Here, page: &DossierPage) -> Markup {
    let today = here.house().laws().zone.date(here.now);
    let count = |of: &dyn Fn(&CategoryRow) -> bool| page.categories.iter().filter(|it| of(it)).count() as i64;
    let shares =
        [count(&|it| it.standing.complete), count(&|it| it.standing.accurate), count(&|it| it.standing.valid(today))];
    let shares = shares.map(|part| share(part, 12));
    html! {
        @if page.file.is_some() {
            (figures(&[
                Figure::count(t("齐备"), &shares[0], "", "#files"),
                Figure::count(t("准确"), &shares[1], "", "#files"),
                Figure::count(t("有效"), &shares[2], "", "#files"),
            ]))
        }
    }
}

fn file_beside(here: &Here, page: &DossierPage) -> Markup {
    let may = register::find(office::dossier::REGISTER).is_some_and(|it| crate::registers::may_begin(here, it));
    html! {
        @match &page.file {
            Some(file) => { a #files href={ "/cases/" (file.id) } { (file.number) } }
            None => {
                @if may && page.household.merged_into.is_none() {
                    @let room = escaped(&page.household.room.to_string());
                    a.button.main href={ "/registers/dossiers/new?place=" (room) } { (t("建立客户档案")) }
                }
            }
        }
    }
}

fn categories(page: &DossierPage) -> Markup {
    html! {
        @if page.file.is_none() { p.dim { (t("还没有建档。下面是各处已经归集到的材料。")) } }
        div.scroll { table.plain-table {
            thead { tr { th.num { "#" } th { (t("类别")) } th { (t("怎样")) } th { (t("归集到的")) } } }
            tbody { @for (n, it) in page.categories.iter().enumerate() { tr {
                td.num { (n + 1) }
                td {
                    @match &it.case {
                        Some(id) => { a href={ "/cases/" (id) } { (said(it.title, None)) } }
                        None => { (said(it.title, None)) }
                    }
                }
                td.wrap { (stands(it, page.file.is_some())) }
                td.wrap {
                    @if it.cases.0 > 0 { span.dim { (crate::t!("{} 件", it.cases.0)) } }
                    @for row in &it.cases.1 { div.small { a href={ "/cases/" (row.id) } { (row.number) " " (row.title) } } }
                }
            } } }
        } }
    }
}

fn stands(it: &CategoryRow, filed: bool) -> Markup {
    html! {
        @if !it.not_applicable.is_empty() {
            span.dim { (crate::t!("不适用：{}", it.not_applicable)) }
        } @else if it.standing.complete {
            (tag(t("齐备"), Tone::Plain))
        } @else if filed {
            (tag(t("缺"), if it.title == "紧急事故联络人" { Tone::Grave } else { Tone::Mind }))
        }
        @if it.standing.complete {
            div.small.dim {
                (said(&it.source, None))
                @if !it.verifier.is_empty() { " · " (crate::t!("核对人 {}", it.verifier)) } @else { " · " (t("没有人核对")) }
                @if let Some(until) = it.standing.until { " · " (crate::t!("复核期限 {}", until)) }
            }
        }
    }
}

fn open(page: &DossierPage, timing: Timing) -> Markup {
    html! { ul.rows { @for row in &page.open { li {
        a href={ "/cases/" (row.id) } { (row.number) " " (row.title) } " "
        span.small.dim { (said(row.kind.title(), None)) " " (timing.time(row.opened)) }
    } } } }
}

fn letters(page: &DossierPage) -> Markup {
    html! { ul.rows.small { @for it in &page.letters {
        @let kind = office::form::find(&it.form);
        li {
            a href={ "/forms/" (it.number) "/print" } { (it.number) } " "
            (said(kind.map_or(it.form.as_str(), |kind| kind.title.as_str()), kind.map(|kind| kind.title_en.as_str())))
        }
    } } }
}

fn unit(page: &DossierPage) -> Markup {
    let home = &page.household;
    let area = home.area.map(|area| format!("{}.{:02} ㎡", area / 100, area % 100)).unwrap_or_default();
    let told = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    facts(&[
        (t("类型"), html! { (said(&home.kind, None)) }),
        (t("面积"), html! { (area) }),
        (t("状态"), html! { (said(&home.occupancy, None)) }),
        (t("交付"), html! { (told(home.handover)) }),
        (t("入住"), html! { (told(home.move_in)) }),
        (t("车位"), html! { (home.parking.join("、")) }),
        (t("车牌"), html! { (home.plates.join("、")) }),
        (t("备注"), html! { (home.remark) }),
    ])
}

fn one(person: &Person) -> Markup {
    html! {
        b { (person.name) } " " span.dim { (said(person.tenure.title(), None)) } " " (person.phones.join("、"))
        @if !person.identity.is_empty() { " " span.small.dim { (t("证件")) " " (person.identity) } }
        @if !person.bank_account.is_empty() { " " span.small.dim { (t("托收账号")) " " (person.bank_account) } }
        @if let Some(since) = person.since { " " span.small.dim { (crate::t!("{} 起", since)) } }
    }
}

fn refusal_at(no: Option<&Refused<'_>>, form: &str) -> Markup {
    html! { @if let Some(it) = no.filter(|it| it.form == form) { (refusal(it.no)) } }
}

/// What stands in a field of a form that was refused.
fn stood<'a>(no: Option<&'a Refused<'_>>, form: &str, name: &str) -> &'a str {
    no.filter(|it| it.form == form).map_or("", |it| it.filled.get(name))
}

fn people(
    here: &Here,
    page: &DossierPage,
    (works, full): (bool, bool),
    no: Option<&Refused<'_>>,
    fresh: &str,
) -> Markup {
    let home = &page.household;
    let path = format!("/dossiers/{}", escaped(&home.id));
    let may_unmask = here.viewer.grants.allow(Permission::PersonUnmask);
    let helper = home.people.iter().any(|it| it.tenure == Tenure::EmergencyContact);
    html! {
        @if home.people.is_empty() { (empty(t("这一户还没有人。"), html! {})) }
        @if !helper { p { (tag(t("没有紧急联络人"), Tone::Grave)) } }
        ul.rows { @for (n, person) in home.people.iter().enumerate() { li {
            (one(person))
            @if works {
                details.small {
                    summary { (t("离开")) }
                    form method="post" action={ (path) "/left" } {
                        (command(&format!("{fresh}-left-{n}")))
                        input type="hidden" name="person" value=(person.id);
                        (day("until", t("到哪一天"), ""))
                        button { (t("记下离开")) }
                    }
                }
            }
        } } }
        (refusal_at(no, "left"))
        (former(&home.former))
        @if works { (newcomer(&path, no, fresh)) }
        @if !full && may_unmask {
            details.small open[no.is_some_and(|it| it.form == "unmask" || it.form == "copy")] {
                summary { (t("显示完整姓名电话")) }
                form method="post" action={ (path) "/unmask" } {
                    (command(&format!("{fresh}-unmask")))
                    @let asked = Field::line("purpose", t("用途"), stood(no, "unmask", "purpose"));
                    (Field { required: true, hint: t("例如：回电约时间。用途会记入流水"), ..asked }.render())
                    (refusal_at(no, "unmask"))
                    (refusal_at(no, "copy"))
                    button { (t("显示")) } " "
                    button formaction={ (path) "/copy" } { (t("给本人一份（Excel）")) }
                }
            }
        }
    }
}

fn former(gone: &[Former]) -> Markup {
    html! { @if !gone.is_empty() {
        details.small {
            summary { (crate::t!("从前的 {} 人", gone.len())) }
            ul.rows { @for it in gone { li {
                (one(&it.person)) " "
                @if let Some(until) = it.until { span.dim { (crate::t!("到 {}", until)) } }
            } } }
        }
    } }
}

/// A field for a day.
fn day(name: &str, label: &str, value: &str) -> Markup {
    let control = Control::Line { kind: "date", value, most: 10 };
    Field { control, ..Field::line(name, label, "") }.render()
}

fn newcomer(path: &str, no: Option<&Refused<'_>>, fresh: &str) -> Markup {
    let words: Vec<(&str, String)> =
        Tenure::ALL.iter().map(|it| (it.id(), said(it.title(), None).into_owned())).collect();
    let choices: Vec<(&str, &str)> = words.iter().map(|(id, words)| (*id, words.as_str())).collect();
    let value = |name: &str| stood(no, "people", name);
    let chosen = if value("tenure").is_empty() { Tenure::Member.id() } else { value("tenure") };
    html! {
        details.small open[no.is_some_and(|it| it.form == "people")] {
            summary { (t("登记人员")) }
            form method="post" action={ (path) "/people" } autocomplete="off" {
                (command(&format!("{fresh}-people")))
                @let tenures = Control::Select { choices: &choices, chosen };
                (Field { control: tenures, ..Field::line("tenure", t("身份"), "") }.render())
                (Field { required: true, ..Field::line("name", t("姓名或单位"), value("name")) }.render())
                @let tel = Control::Line { kind: "tel", value: value("phone"), most: 60 };
                (Field { control: tel, ..Field::line("phone", t("电话"), "") }.render())
                (Field::line("identity", t("证件号码"), value("identity")).render())
                (day("since", t("从哪一天起"), value("since")))
                (refusal_at(no, "people"))
                button.main { (t("登记人员")) }
            }
        }
    }
}

fn begins(here: &Here, page: &DossierPage) -> Markup {
    let room = escaped(&page.household.room.to_string()).to_string();
    let open = |it: &&&str| register::find(it).is_some_and(|it| crate::registers::may_begin(here, it));
    html! {
        div.acts { @for id in BEGINS.iter().filter(open) {
            @let words = register::find(id).and_then(|it| office::act::find(&it.opens)).map_or("", |act| act.title);
            a.button href={ "/registers/" (id) "/new?place=" (room) } { (said(words, None)) }
        } }
        p.small {
            a href={ "/cases?household=" (escaped(&page.household.id)) } { (t("全部事项")) } " · "
            a href={ "/registers?place=dossiers" } { (t("登记簿")) }
        }
    }
}

fn merging(page: &DossierPage, works: bool, no: Option<&Refused<'_>>, fresh: &str) -> Markup {
    let home = &page.household;
    let path = format!("/dossiers/{}", escaped(&home.id));
    html! {
        @for (n, from) in home.merged.iter().enumerate() {
            form method="post" action={ (path) "/part" } {
                (command(&format!("{fresh}-part-{n}")))
                input type="hidden" name="from" value=(from);
                p { (crate::t!("并入了 {}", from)) " " @if works { button { (t("撤销合并")) } } }
            }
        }
        (refusal_at(no, "part"))
        @if works && home.merged_into.is_none() {
            details.small open[no.is_some_and(|it| it.form == "merge")] {
                summary { (t("同一户有两份档案")) }
                form method="post" action={ (path) "/merge" } {
                    (command(&format!("{fresh}-merge")))
                    @let other = Field::line("from", t("重复的那一份"), stood(no, "merge", "from"));
                    @let hint = t("那一份的房号；它的人和事项并到这一份，可以撤销");
                    (Field { required: true, hint, ..other }.render())
                    (refusal_at(no, "merge"))
                    button { (t("并到这一份")) }
                }
            }
        } @else if home.merged.is_empty() { p.dim { (t("没有并入过别的档案。")) } }
    }
}

async fn seen(here: &Here, page: &DossierPage, timing: Timing<'_>) -> Result<Markup, Fault> {
    let names = here.names().await?;
    Ok(html! {
        @if page.seen.is_empty() { p.dim { (t("还没有人看过完整资料。")) } } @else {
            ul.rows.small { @for it in &page.seen { li {
                (timing.time(it.at)) " " (names.get(&it.account).unwrap_or(&it.account)) " " span.dim { (it.purpose) }
            } } }
        }
    })
}
