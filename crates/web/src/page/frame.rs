//! The frame around a page (页框): rail, top bar with search and duty, bottom bar of the phone, and alarms that ring.

use calendar::Moment;
use journal::reads::CallHere;
use maud::{Markup, PreEscaped, html};

use super::place::{self, Place};
use crate::components::icon::{icon, lucide};
use crate::language::{self, Language, t, zh};
use crate::security::Grants;

/// How many things of a place are late, and how many due today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Count {
    /// Late and not done.
    pub late: u32,
    /// Due today.
    pub due: u32,
}

/// An alarm that rings at this post until someone acknowledges it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ring {
    /// What rings, in words.
    pub words: String,
    /// The page that shows it.
    pub path: String,
    /// Where the acknowledgement is posted.
    pub acknowledge: String,
    /// What whoever hears it says: 知道了.
    pub answer: &'static str,
}

/// Light, dark, or as the visitor's system says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Appearance {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Appearance {
    /// The choices in the order of the menu.
    pub const ALL: [Appearance; 3] = [Appearance::System, Appearance::Light, Appearance::Dark];

    /// The appearance of a cookie's word; anything else is the system's.
    pub fn of_word(word: Option<&str>) -> Appearance {
        Appearance::ALL.into_iter().find(|it| Some(it.word()) == word).unwrap_or_default()
    }

    /// The word in the cookie and in `data-theme`.
    pub fn word(self) -> &'static str {
        match self {
            Appearance::System => "system",
            Appearance::Light => "light",
            Appearance::Dark => "dark",
        }
    }

    fn label(self) -> &'static str {
        t(match self {
            Appearance::System => zh("跟随系统"),
            Appearance::Light => zh("浅色"),
            Appearance::Dark => zh("深色"),
        })
    }
}

/// What the frame shows: the same for all pages of one request.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The site's name.
    pub site: String,
    /// Other sites of the same account: id and name.
    pub other_sites: Vec<(String, String)>,
    /// Who is on duty now: 陈立 · 至 19:30.
    pub on_duty: Option<String>,
    /// The viewer's account, which the page's script sends with each act: an act made under one account is never sent
    /// under another.
    pub account: String,
    /// The viewer's name.
    pub name: String,
    /// The post's words.
    pub post: String,
    /// What the viewer may: places that are not granted do not appear.
    pub grants: Grants,
    /// Counts beside places; those not listed have none.
    pub counts: Vec<(Place, Count)>,
    /// Alarms at this post.
    pub rings: Vec<Ring>,
    /// Calls at the viewer's extension that nobody has entered yet; none when no extension is bound to the viewer.
    pub calls: Option<Vec<CallHere>>,
    /// The present moment, from which the page's script counts.
    pub now: Moment,
    /// The path of the page, to which a change of language returns.
    pub path: String,
    /// Light or dark.
    pub appearance: Appearance,
}

impl Surroundings {
    fn count(&self, place: Place) -> Markup {
        let count = self.counts.iter().find(|(of, _)| *of == place).map(|(_, count)| *count).unwrap_or_default();
        html! {
            @if count.late > 0 {
                span.count.late title=(t!("{} 项超时", count.late)) { (count.late) }
            } @else if count.due > 0 {
                span.count title=(t!("{} 项今天到期", count.due)) { (count.due) }
            }
        }
    }
}

/// The sign, in the colour of the text around it.
pub fn sign() -> Markup {
    html! {
        (PreEscaped(concat!(
            r#"<svg viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">"#,
            r#"<rect x="1.5" y="1.5" width="17" height="17" rx="2.5"/>"#,
            r#"<rect x="6.5" y="6.5" width="7" height="7" rx="1"/></svg>"#,
        )))
    }
}

/// The rail on the left of the desk.
pub fn rail(here: Place, around: &Surroundings) -> Markup {
    html! {
        nav.rail aria-label=(t("栏目")) { div {
            a.brand href="/" { (sign()) (t("回音")) }
            @for group in Place::RAIL {
                @let may = |it: &Place| around.grants.allow(it.permission()) && it.is_built();
                @let open: Vec<Place> = group.iter().copied().filter(may).collect();
                @if !open.is_empty() {
                    ul {
                        @for place in open {
                            li { a href=(place.path()) aria-current=[(place == here).then_some("page")]
                                data-key=[(place == Place::Desk).then_some("F2")] {
                                (icon(place.icon())) (place.label()) (around.count(place))
                            } }
                        }
                    }
                }
            }
        } }
    }
}

/// The bottom bar of the phone.
pub fn bottom_bar(here: Place, around: &Surroundings) -> Markup {
    html! {
        nav.bottom aria-label=(t("常用")) {
            @for place in place::bottom(around.grants).into_iter().filter(|it| it.is_built()) {
                a href=(place.path()) aria-current=[(place == here).then_some("page")] {
                    (icon(place.icon())) (place.label()) (around.count(place))
                }
            }
        }
    }
}

/// The top bar: site, search, duty, language, me.
pub fn top_bar(around: &Surroundings) -> Markup {
    html! {
        header.top {
            (site(around))
            form role="search" action="/search" aria-label=(t("查找")) {
                (icon(lucide::LuSearch))
                input type="search" name="q" data-key="F4" data-room autocomplete="off" maxlength="80"
                    aria-label=(t("查找")) placeholder=(t("找房号、姓名、电话或单号"));
                kbd { "F4" }
            }
            @if let Some(on_duty) = &around.on_duty {
                a.duty href=(Place::Duty.path()) { (t("值班")) b { (on_duty) } }
            } @else {
                span.duty {}
            }
            (language_switch(&around.path))
            (me(around))
        }
    }
}

fn site(around: &Surroundings) -> Markup {
    html! {
        @if around.other_sites.is_empty() {
            span.site { (around.site) }
        } @else {
            details.menu {
                summary.site { (around.site) (icon(lucide::LuChevronDown)) }
                div.left {
                    form method="post" action="/site" {
                        @for (id, name) in &around.other_sites {
                            button name="site" value=(id) { (name) }
                        }
                    }
                }
            }
        }
    }
}

/// The three languages as buttons of one form.
pub fn language_switch(back: &str) -> Markup {
    let short = |language| match language {
        Language::Chinese => "简",
        Language::Traditional => "繁",
        Language::English => "EN",
    };
    html! {
        form.switch method="post" action="/preferences" aria-label=(t("语言")) {
            input type="hidden" name="back" value=(back);
            @for language in Language::ALL {
                button name="language" value=(language.tag()) title=(language.own_name()) lang=(language.tag())
                    aria-pressed=(language == language::current()) { (short(language)) }
            }
        }
    }
}

fn me(around: &Surroundings) -> Markup {
    html! {
        details.menu {
            summary { (icon(lucide::LuCircleUser)) span { (around.name) } }
            div {
                h3 { (around.post) }
                form method="post" action="/preferences" {
                    input type="hidden" name="back" value=(around.path);
                    @for choice in Appearance::ALL {
                        button name="appearance" value=(choice.word()) aria-pressed=(choice == around.appearance) {
                            @if choice == around.appearance { (icon(lucide::LuCheck)) } @else { svg.icon {} }
                            (choice.label())
                        }
                    }
                }
                form.only-phone method="post" action="/preferences" {
                    input type="hidden" name="back" value=(around.path);
                    @for language in Language::ALL {
                        button name="language" value=(language.tag()) lang=(language.tag())
                            aria-pressed=(language == language::current()) { (language.own_name()) }
                    }
                }
                a href="/me" { (icon(lucide::LuUser)) (t("我的账号")) }
                a href="/appraisal/mine" { (icon(lucide::LuScale)) (t("我的考评")) }
                form method="post" action="/sign-out" {
                    button { (icon(lucide::LuLogOut)) (t("退出")) }
                }
            }
        }
    }
}

/// The alarms that ring, above everything else.
pub fn rings(around: &Surroundings) -> Markup {
    html! {
        div #rings aria-live="assertive" data-live="rings" {
            @for ring in around.rings.iter().take(1) { (ring_bar(ring, &around.path)) }
            @if around.rings.len() > 1 {
                details.rings #rings-more {
                    summary { (t!("还有 {} 件在响", around.rings.len() - 1)) }
                    @for ring in around.rings.iter().skip(1) { (ring_bar(ring, &around.path)) }
                }
            }
        }
    }
}

fn ring_bar(ring: &Ring, path: &str) -> Markup {
    html! {
        div.ring-bar data-ring {
            (icon(lucide::LuBellRing))
            a href=(ring.path) { b { (ring.words) } }
            form method="post" action=(ring.acknowledge) data-swap="rings" {
                input type="hidden" name="back" value=(path);
                button { (ring.answer) }
            }
        }
    }
}

/// Who is calling at this desk (来电弹屏): a quiet bar that never takes the place of a form being filled. Several households
/// on one number are a list; nothing is guessed.
pub fn calls(around: &Surroundings) -> Markup {
    html! {
        @if let Some(calls) = &around.calls {
            div #calls aria-live="polite" data-live="calls" {
                @for call in calls { (call_bar(call)) }
            }
        }
    }
}

fn call_bar(call: &CallHere) -> Markup {
    let desk = format!("/desk?call={}", call.contact);
    html! {
        div.call-bar {
            (icon(lucide::LuPhoneIncoming))
            b { @if call.ringing { (t("来电")) } @else if call.over { (t("刚才的来电还没登记")) } @else { (t("通话中")) } }
            span { @if call.number.is_empty() { (t("未显示号码")) } @else { (call.number) } }
            @for hit in &call.households {
                a href={ (desk) "&household=" (hit.id) } target="_blank" data-aside { b.place { (hit.words) } " " (hit.name) }
            }
            @if call.households.is_empty() && !call.number.is_empty() { span.dim { (t("不在册")) } }
            a.button href=(desk) target="_blank" data-aside { (t("接入登记")) }
        }
    }
}
