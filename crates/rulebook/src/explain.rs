//! Why something is owed, until when, and what became of it (时限依据), step by step in Chinese or English.

use calendar::{CivilMoment, DueAt, Moment, weekday_en, weekday_zh};

use crate::answer::{ClauseRef, Obligation, State, Step};
use crate::compile::plan::{Deadline, Plan, Term, Work};
use crate::derive::clock::Count;
use crate::derive::full;
use crate::derive::kinds::deadline;
use crate::derive::lean::{Lean, LeanObligation};
use crate::derive::scene::Scene;
use crate::derive::{Run, run};
use crate::fact::Fact;
use crate::law::{Interned, Law, Version};
use crate::model::{Kind, Limit, Rule, Slot};
use crate::read_back::{Lang, ReadBack};

impl Law {
    /// The steps behind an obligation of a subject, in Chinese. Empty when the subject has no such obligation at
    /// `as_of`.
    pub fn explain(&self, subject: &str, facts: &[Fact], obligation_id: &str, as_of: Moment) -> Vec<Step> {
        self.explain_in(Lang::Chinese, subject, facts, obligation_id, as_of)
    }

    /// The same in either language; what a rulebook states only in Chinese stays Chinese.
    pub fn explain_in(
        &self,
        lang: Lang,
        subject: &str,
        facts: &[Fact],
        obligation_id: &str,
        as_of: Moment,
    ) -> Vec<Step> {
        self.explained(lang, facts, as_of, |scene, one| full::obligation(self, scene, subject, one).id == obligation_id)
    }

    /// The same for an obligation that a lean derivation of these facts found.
    pub(crate) fn explain_lean(&self, lang: Lang, facts: &[Fact], as_of: Moment, found: &LeanObligation) -> Vec<Step> {
        let place = |one: &LeanObligation| (one.version, one.rule, one.fact);
        self.explained(lang, facts, as_of, |_, one| place(one) == place(found))
    }

    fn explained(
        &self,
        lang: Lang,
        facts: &[Fact],
        as_of: Moment,
        wanted: impl Fn(&Scene<'_>, &LeanObligation) -> bool,
    ) -> Vec<Step> {
        let mut sorted: Vec<&Fact> = facts.iter().collect();
        sorted.sort_by_key(|fact| (fact.at, fact.seq));
        let interned: Vec<Interned> = sorted.iter().map(|fact| self.intern(fact)).collect();
        let scene = Scene::new(self, &interned, as_of);
        let mut lean = Lean::default();
        run(&scene, &mut lean);
        let Some(one) = lean.obligations.iter().find(|one| wanted(&scene, one)).copied() else { return Vec::new() };
        let version = &self.versions[one.version as usize];
        let run = Run { scene: &scene, version, number: one.version };
        let teller = Teller::new(lang, &run, &version.plans[one.rule as usize]);
        teller.obligation(&one, &sorted, &lean)
    }

    /// Why a clause asks nothing of a subject: the law does not hold it, or what it starts from is not there.
    pub(crate) fn why_not(&self, lang: Lang, clause: &ClauseRef, as_of: Moment) -> Vec<Step> {
        let said = |zh: &str, en: &str| {
            let text = if lang == Lang::Chinese { zh } else { en }.to_owned();
            Step { text, basis: None }
        };
        let mut all = self.versions.iter().rev().flat_map(|it| it.plans.iter().map(move |plan| (it, plan)));
        let Some((version, plan)) = all.find(|(_, plan)| plan.clause == *clause) else {
            return vec![said("没有采用这一款", "this clause is not adopted")];
        };
        let scene = Scene::new(self, &[], as_of);
        let run = Run { scene: &scene, version, number: 0 };
        let nothing = match &plan.work {
            Work::Nothing => said("设置让这一款不起作用", "a setting switches this clause off"),
            _ => said(
                "这件事里没有由此起算，或条件不成立",
                "what it starts from did not happen here, or its condition does not hold",
            ),
        };
        vec![Teller::new(lang, &run, plan).rule(), nothing]
    }

    /// The steps behind a periodic duty as `duties` gives it. Empty when the law knows no such duty at its opening.
    pub fn explain_duty(&self, lang: Lang, duty: &Obligation) -> Vec<Step> {
        let Some(version) = self.version_at(duty.opened) else { return Vec::new() };
        let is_it = |plan: &&Plan| plan.clause == duty.clause && matches!(plan.work, Work::Duty(_));
        let Some(plan) = version.plans.iter().find(is_it) else { return Vec::new() };
        let Work::Duty(work) = &plan.work else { return Vec::new() };
        let scene = Scene::new(self, &[], duty.opened);
        let run = Run { scene: &scene, version, number: 0 };
        let teller = Teller::new(lang, &run, plan);
        let mut steps = vec![teller.rule()];
        steps.extend(teller.settings());
        let opened = version.zone.date(duty.opened);
        let (first, last) = work.every.period.bounds(opened);
        steps.push(teller.step(
            format!("期间 {first} 至 {last}：{}", work.every.read_zh()),
            format!("period {first} to {last}: {}", work.every.read_en()),
        ));
        if let Some(at) = duty.due {
            let due = DueAt { at, end_of_day: duty.end_of_day };
            let known =
                duty.ended.map_or_else(|| version.calendar.clone(), |ended| version.calendar.as_known_at(ended));
            let day = known.day(run.date(due));
            let stamp = teller.due(due);
            steps.push(teller.step(format!("限 {stamp}（{}）", day.layer), format!("due {stamp}")));
        }
        steps.extend(teller.readings());
        steps.push(teller.became(duty.state, duty.soft, duty.ended));
        steps
    }
}

/// Tells the steps of one rule.
struct Teller<'a> {
    lang: Lang,
    run: &'a Run<'a>,
    version: &'a Version,
    plan: &'a Plan,
    rule: &'a Rule,
    reader: ReadBack<'a>,
}

impl<'a> Teller<'a> {
    fn new(lang: Lang, run: &'a Run<'a>, plan: &'a Plan) -> Teller<'a> {
        let version = run.version;
        let (book, _, rule) = version.rule(plan);
        let reader = ReadBack::new(&run.scene.law.words, std::slice::from_ref(book), lang)
            .with_chosen(&version.source.charter.settings);
        Teller { lang, run, version, plan, rule, reader }
    }

    fn step(&self, zh: String, en: String) -> Step {
        Step { text: if self.lang == Lang::Chinese { zh } else { en }, basis: None }
    }

    fn obligation(&self, one: &LeanObligation, facts: &[&Fact], lean: &Lean) -> Vec<Step> {
        let mut steps = vec![self.rule(), self.opening(one, facts)];
        steps.extend(self.conditions(one));
        steps.extend(self.settings());
        if let Work::Deadline(deadline) = &self.plan.work {
            steps.extend(self.limit(deadline, one, lean));
        }
        steps.extend(self.readings());
        steps.push(self.became(one.state, one.soft, one.ended));
        steps
    }

    /// The rule as it reads, and the book's edition as its basis.
    fn rule(&self) -> Step {
        let (book, clause, rule) = self.version.rule(self.plan);
        let edition = if book.edition.is_empty() { String::new() } else { format!("（{}）", book.edition) };
        let basis = Some(format!("《{}》{edition} {}", book.name, clause.place));
        Step { text: format!("{} {}", self.plan.clause.id, self.reader.rule(rule)), basis }
    }

    fn opening(&self, one: &LeanObligation, facts: &[&Fact]) -> Step {
        let fact = facts[one.fact as usize];
        let words = &self.run.scene.law.words;
        let word = words.fact_of_id(&fact.name).map(|place| &words.facts[place]);
        let (zh, en) = word.map_or((fact.name.as_str(), fact.name.as_str()), |word| (&word.zh, &word.en));
        let at = self.clock(fact.at);
        let (late_zh, late_en) = match fact.entered > fact.at {
            true => {
                (format!("（{} 录入）", self.clock(fact.entered)), format!(" (entered {})", self.clock(fact.entered)))
            }
            false => Default::default(),
        };
        self.step(
            format!("“{zh}”于 {at}{late_zh}，第 {} 次，由此起算", one.round),
            format!("“{en}” on {at}{late_en}, opening no. {}", one.round),
        )
    }

    /// The condition and the values that decided it.
    fn conditions(&self, one: &LeanObligation) -> Option<Step> {
        let Work::Deadline(deadline) = &self.plan.work else { return None };
        let Kind::Deadline(kind) = &self.rule.kind else { return None };
        if kind.when.is_empty() {
            return None;
        }
        let condition = self.reader.when(&kind.when);
        if one.state == State::NotApplicable && !self.run.scene.holds(&deadline.when, self.after_end(one)) {
            let at = one.ended.map(|at| self.clock(at)).unwrap_or_default();
            return Some(self.step(
                format!("条件“{condition}”到 {at} 不再成立"),
                format!("“{condition}” no longer holds from {at}"),
            ));
        }
        Some(self.step(format!("条件成立：{condition}"), format!("holds: {condition}")))
    }

    /// The place after what ended the obligation, else after all facts.
    fn after_end(&self, one: &LeanObligation) -> usize {
        one.ended_by.map_or(self.run.scene.facts.len(), |place| place as usize + 1)
    }

    /// Each setting that the rule uses: its value, and whether it is a default.
    fn settings(&self) -> Vec<Step> {
        let settings = self.version.settings();
        let mut names: Vec<&str> = Vec::new();
        for slot in &self.rule.written {
            if let Slot::Setting(name) = slot
                && !names.contains(&name.as_str())
            {
                names.push(name);
            }
        }
        let tell = |name: &&str| {
            let (value, default) = settings.value(name)?;
            let declared = settings.basis(name).unwrap_or_default();
            let mut step = match default {
                true => {
                    self.step(format!("设置“{name}”：{value}（默认）"), format!("setting “{name}”: {value} (default)"))
                }
                false => self.step(
                    format!("设置“{name}”：{value}（本站设定）"),
                    format!("setting “{name}”: {value} (set by the site)"),
                ),
            };
            step.basis = (!declared.is_empty()).then(|| declared.to_owned());
            Some(step)
        };
        names.iter().filter_map(tell).collect()
    }

    fn limit(&self, deadline: &Deadline, one: &LeanObligation, lean: &Lean) -> Vec<Step> {
        let run = self.run;
        let upto = one.ended_by.map_or(run.scene.facts.len(), |place| place as usize).max(one.fact as usize + 1);
        let known = one.ended.unwrap_or(run.scene.as_of);
        let count = Count { opening: Some(one.fact as usize), upto, known };
        let mut steps = Vec::new();
        match &deadline.term {
            Term::Within(span) => {
                let due = run.calendar(known).due(&self.version.zone, one.opened, *span, self.version.roll);
                steps.extend(due.steps.into_iter().map(|step| self.step(step.zh, step.en)));
            }
            Term::Due(anchor) => steps.extend(self.anchor(anchor, count, one, lean)),
            Term::None => steps.push(match deadline.closing {
                Some(closing) => {
                    let closing = &run.scene.law.words.facts[closing as usize];
                    self.step(
                        format!("条文没有写时限；到“{}”还没有做，就是未办", closing.zh),
                        format!("no limit is stated; missing at “{}” is a breach", closing.en),
                    )
                }
                None => self.step("条文没有写时限".to_owned(), "no limit is stated".to_owned()),
            }),
        }
        for change in deadline::changes(run, deadline, count, lean) {
            let stamp = change.due.map(|due| self.due(due));
            steps.push(match (change.pause, stamp) {
                (Some((from, _)), None) => {
                    let from = self.clock(from);
                    self.step(format!("自 {from} 起暂停，还没有恢复"), format!("paused since {from}"))
                }
                (Some((from, to)), Some(stamp)) => {
                    let (from, to) = (self.clock(from), to.map(|to| self.clock(to)).unwrap_or_default());
                    self.step(
                        format!("{from} 至 {to} 暂停，改为 {stamp}"),
                        format!("paused from {from} to {to}, now due {stamp}"),
                    )
                }
                (None, stamp) => {
                    let stamp = stamp.unwrap_or_default();
                    let at = self.clock(change.at);
                    self.step(
                        format!("{at} 经批准改期，限 {stamp}"),
                        format!("moved with approval on {at}, now due {stamp}"),
                    )
                }
            });
        }
        steps
    }

    /// What an anchor starts from, and where it leads.
    fn anchor(
        &self,
        anchor: &crate::compile::plan::Anchor,
        count: Count,
        one: &LeanObligation,
        lean: &Lean,
    ) -> Vec<Step> {
        let words = match &self.rule.kind {
            Kind::Deadline(kind) => match &kind.limit {
                Limit::Due(anchor) => self.reader.anchor(anchor),
                Limit::Within(_) | Limit::None => String::new(),
            },
            _ => String::new(),
        };
        let mut steps = vec![self.step(format!("期限：{words}"), format!("limit: {words}"))];
        if let Some(base) = self.run.base(&anchor.start, count, lean) {
            let stamp = self.due(base);
            steps.push(self.step(format!("起点 {stamp}"), format!("counted from {stamp}")));
        }
        steps.push(match (self.run.anchor(anchor, count, lean), one.not_before) {
            (Some(window), Some(opens)) => {
                let (from, until) = (self.clock(opens), self.due(window.due));
                self.step(format!("自 {from} 起，限 {until}"), format!("from {from}, due {until}"))
            }
            (Some(window), None) => {
                let due = self.due(window.due);
                self.step(format!("限 {due}"), format!("due {due}"))
            }
            (None, _) => self
                .step("起点还没有，暂不计时".to_owned(), "not counted yet: what it starts from is missing".to_owned()),
        });
        steps
    }

    /// The readings of the clause, and those of the book for words that the rule uses.
    fn readings(&self) -> Vec<Step> {
        let (book, clause, rule) = self.version.rule(self.plan);
        let written = |words: &str| {
            rule.written.iter().any(|slot| matches!(slot, Slot::Stated(text) if text.value.contains(words)))
        };
        let of_book = book.readings.iter().filter(|reading| written(&reading.words));
        let told = clause.readings.iter().chain(of_book);
        told.map(|reading| Step { text: self.reader.reading(reading), basis: reading.basis.clone() }).collect()
    }

    fn became(&self, state: State, soft: bool, ended: Option<Moment>) -> Step {
        let at = self.clock(ended.unwrap_or(self.run.scene.as_of));
        let (zh, en) = match state {
            State::Met => ("按时", "done in time"),
            State::MetLate if soft => ("做了，过了提醒时间", "done after the reminder"),
            State::MetLate => ("逾期", "done late"),
            State::Open => ("未到期", "not due yet"),
            State::Overdue if soft => ("还没有做，已提醒", "not done, reminder given"),
            State::Overdue => ("超时，还没有做", "overdue"),
            State::Missed => ("未办", "missed"),
            State::Waived => ("免办", "waived"),
            State::NotApplicable => ("不适用", "not applicable"),
        };
        match ended {
            Some(_) => self.step(format!("{at}：{zh}"), format!("{at}: {en}")),
            None => self.step(format!("到 {at}：{zh}"), format!("as of {at}: {en}")),
        }
    }

    fn clock(&self, at: Moment) -> String {
        self.civil(CivilMoment::of_due(&self.version.zone, at, false))
    }

    fn due(&self, due: DueAt) -> String {
        self.civil(due.civil(&self.version.zone))
    }

    /// `2026-11-20（周五）16:30`.
    fn civil(&self, civil: CivilMoment) -> String {
        let written = civil.to_string();
        let (date, time) = written.split_once(' ').unwrap_or((&written, ""));
        let weekday = civil.date.weekday();
        match self.lang {
            Lang::Chinese => format!("{date}（{}）{time}", weekday_zh(weekday)),
            Lang::English => format!("{} {date} {time}", weekday_en(weekday)),
        }
    }
}
