//! What a replay found, as tables or as JSON (推演结果).

use std::collections::BTreeMap;

use calendar::{DueAt, Moment, Zone, words};
use rulebook::simulate::{Case, Differs, Kept, Outcomes, Owed, PostLoad};
use rulebook::{ClauseRef, State, Step, Vocabulary};
use serde_json::{Value, json};

use crate::table::{Align, lines};

/// Loads by post, under the law as it is and under the trial.
type Loads = [BTreeMap<&'static str, PostLoad>; 2];

/// How it is told.
pub struct Told<'a> {
    /// There are two laws to compare.
    pub compared: bool,
    /// For the names of posts.
    pub words: &'a Vocabulary,
    /// For times.
    pub zone: &'a Zone,
}

impl Told<'_> {
    /// Everything but the staff.
    pub fn text(&self, outcomes: &Outcomes) -> String {
        let mut text = format!("{} 件，{} 条事实\n", outcomes.subjects, outcomes.facts + outcomes.facts_after);
        text.push_str(&self.kept(outcomes));
        text.push_str(&self.attained(outcomes));
        if self.compared {
            text.push_str(&self.new_work(outcomes));
            text.push_str(&self.cases(outcomes));
        }
        text
    }

    fn pair<T: PartialEq + ToString>(&self, was: T, is: T) -> String {
        match self.compared && was != is {
            true => format!("{}→{}", was.to_string(), is.to_string()),
            false => was.to_string(),
        }
    }

    fn kept(&self, outcomes: &Outcomes) -> String {
        let head = ["条款", "应办", "按时", "逾期", "超时", "未办", "未到期", "软提醒", "上报", "不再要求", "新增"];
        let shown = if self.compared { head.len() } else { head.len() - 2 };
        let mut rows = vec![head[..shown].iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()];
        for (clause, (was, is)) in &outcomes.kept {
            let pair = |figure: fn(&Kept) -> u64| self.pair(figure(was), figure(is));
            let mut row = vec![named(clause)];
            row.extend([pair(Kept::all), pair(|it| it.met), pair(|it| it.late), pair(|it| it.overdue)]);
            row.extend([pair(|it| it.missed), pair(|it| it.open), pair(|it| it.reminded), pair(|it| it.told)]);
            row.extend([was.alone.to_string(), is.alone.to_string()]);
            row.truncate(shown);
            rows.push(row);
        }
        let mut columns = vec![Align::Right; shown];
        columns[0] = Align::Left;
        lines(&columns, &rows)
    }

    /// In how many periods each rate reached its target.
    fn attained(&self, outcomes: &Outcomes) -> String {
        let rates = outcomes.attained();
        if rates.is_empty() {
            return String::new();
        }
        let mut rows = vec![["比率", "达标期数"].map(str::to_owned).to_vec()];
        for (clause, both) in rates {
            let [was, is] = both.map(|it| format!("{}/{}", it.reached, it.periods));
            rows.push(vec![named(clause), self.pair(was, is)]);
        }
        format!("\n{}", lines(&[Align::Left, Align::Right], &rows))
    }

    /// Work that only the trial asks for, by post and the hour at which it begins.
    fn new_work(&self, outcomes: &Outcomes) -> String {
        let work = outcomes.work_of_posts();
        if work.is_empty() {
            return String::new();
        }
        let mut rows = vec![["新增的活", "项", "最多的钟点"].map(str::to_owned).to_vec()];
        for of_post in work {
            let (hour, count) = of_post.busiest();
            rows.push(vec![self.post(&of_post.post), of_post.all.to_string(), format!("{hour} 点 {count}")]);
        }
        format!("\n以前没有要求的活：\n{}", lines(&[Align::Left, Align::Right, Align::Left], &rows))
    }

    fn post(&self, id: &str) -> String {
        let place = self.words.post_of_id(id);
        place.map_or("（没有写明由谁）", |place| &self.words.posts[place].zh).to_owned()
    }

    /// The first of the cases that came out otherwise, each obligation with both derivations.
    fn cases(&self, outcomes: &Outcomes) -> String {
        let Outcomes { differing_cases, differing, cases, .. } = outcomes;
        let mut text = format!("\n结果不同：{differing_cases} 件事项，{differing} 项应办");
        text.push_str(if cases.is_empty() { "\n" } else { "，例如\n" });
        for Case { subject, differs, more } in cases {
            text.push_str(&format!("[{subject}]\n"));
            for one in differs {
                text.push_str(&self.differs(one));
            }
            if *more > 0 {
                text.push_str(&format!("  另有 {more} 项不同\n"));
            }
        }
        text
    }

    fn differs(&self, one: &Differs) -> String {
        let side = |owed: &Option<Owed>| owed.as_ref().map_or("不要求".to_owned(), |owed| self.owed(owed));
        let mut text = format!("  {}：{} → {}\n", named(&one.clause), side(&one.before), side(&one.after));
        for (word, steps) in [("现行", &one.why_before), ("改后", &one.why_after)] {
            for (place, Step { text: step, .. }) in steps.iter().enumerate() {
                let word = if place == 0 { word } else { "    " };
                text.push_str(&format!("    {word} {step}\n"));
            }
        }
        text
    }

    fn owed(&self, owed: &Owed) -> String {
        let due = owed.due.map_or("无期限".to_owned(), |due| format!("限 {}", self.due(due, owed.end_of_day)));
        let state = match owed.state {
            State::Met => "按时",
            State::MetLate => "逾期",
            State::Open => "未到期",
            State::Overdue => "超时",
            State::Missed => "未办",
            State::Waived => "免办",
            State::NotApplicable => "不适用",
        };
        format!("{due} {state}")
    }

    fn due(&self, at: Moment, end_of_day: bool) -> String {
        words::exact(self.zone, DueAt { at, end_of_day })
    }

    /// The staff model and how busy it was: people, acts a day, share of their time, the busiest hour.
    pub fn staffing(&self, [was, is]: &Loads) -> String {
        let head = ["人手模型", "白天", "夜里", "每天办", "占用", "最忙的钟点", "平均等人手"];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        for (post, load) in was {
            let other = is.get(post).unwrap_or(load);
            let both = |said: fn(&PostLoad) -> String| self.pair(said(load), said(other));
            rows.push(vec![
                self.post(post),
                load.day.to_string(),
                load.night.to_string(),
                both(|it| (it.acts / 365).to_string()),
                both(|it| format!("{}%", it.busy())),
                both(|it| it.busiest().map_or("—".to_owned(), |(hour, share)| format!("{hour} 点 {share}%"))),
                both(|it| format!("{} 分钟", it.waited / it.acts.max(1))),
            ]);
        }
        let mut columns = vec![Align::Right; head.len()];
        columns[0] = Align::Left;
        format!("\n{}", lines(&columns, &rows))
    }

    /// All of it for machines. Without a trial the two sides are the same.
    pub fn json(&self, outcomes: &Outcomes, loads: Option<&Loads>) -> anyhow::Result<String> {
        let clauses: Vec<Value> = outcomes
            .kept
            .iter()
            .map(|(clause, (was, is))| json!({ "clause": named(clause), "before": was, "after": is }))
            .collect();
        let rates: Vec<Value> = outcomes
            .attained()
            .into_iter()
            .map(|(clause, [was, is])| json!({ "clause": named(clause), "before": was, "after": is }))
            .collect();
        let owed = |owed: &Option<Owed>| {
            owed.map(|it| {
                let due = it.due.map(|due| self.due(due, it.end_of_day));
                json!({ "due": due, "state": it.state, "soft": it.soft })
            })
        };
        let differs = |one: &Differs| {
            json!({
                "clause": named(&one.clause), "opened": self.due(one.opened, false),
                "before": owed(&one.before), "after": owed(&one.after),
                "why_before": one.why_before, "why_after": one.why_after,
            })
        };
        let case = |it: &Case| {
            let told: Vec<Value> = it.differs.iter().map(differs).collect();
            json!({ "case": it.subject, "differs": told, "more": it.more })
        };
        let staff = loads.map(|[was, is]| json!({ "before": was, "after": is }));
        Ok(serde_json::to_string_pretty(&json!({
            "cases": outcomes.subjects, "facts": outcomes.facts + outcomes.facts_after,
            "clauses": clauses, "rates": rates, "new_work": outcomes.work_of_posts(),
            "differing_obligations": outcomes.differing, "differing_cases": outcomes.differing_cases,
            "differing": outcomes.cases.iter().map(case).collect::<Vec<_>>(), "staff": staff,
        }))?)
    }
}

fn named(clause: &ClauseRef) -> String {
    format!("{}/{}", clause.book, clause.id)
}
