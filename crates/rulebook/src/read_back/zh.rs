//! Rules in Chinese (中文读回).

use super::ReadBack;
use crate::model::*;

impl ReadBack<'_> {
    /// The rule as one Chinese sentence.
    pub(super) fn rule_zh(&self, rule: &Rule) -> String {
        let who = rule.who.as_ref().map_or(String::new(), |who| who.value.clone());
        let body = match &rule.kind {
            Kind::Deadline(kind) => self.deadline_zh(&who, kind),
            Kind::Duty(kind) => self.duty_zh(&who, kind),
            Kind::Rate(kind) => self.rate_zh(&who, kind),
            Kind::Count(kind) => self.count_zh(kind),
            Kind::Route(kind) => self.route_zh(&who, kind),
            Kind::Escalation(kind) => self.escalation_zh(&who, kind),
            Kind::Classify(kind) => self.classify_zh(kind),
            Kind::Right(kind) => self.right_zh(&who, kind),
            Kind::Block(kind) => self.block_zh(&who, kind),
            Kind::Sign(kind) => self.sign_zh(kind),
            Kind::Form(kind) => self.form_zh(kind),
            Kind::Record(kind) => self.record_zh(&who, kind),
            Kind::Roster(kind) => self.roster_zh(kind),
            Kind::Retention(kind) => self.retention_zh(kind),
            Kind::Formula(kind) => self.formula_zh(kind),
            Kind::Carried(kind) => self.carried_zh(kind),
        };
        let mut sentence = body;
        if rule.who.is_some() {
            sentence += match rule.by_other {
                ByOther::Counts => "",
                ByOther::Refused => "；别的岗位来做，拒绝",
                ByOther::Ignored => "；别的岗位做的，不算",
                ByOther::Breach => "；别的岗位做的，算做到，但记违规",
            };
        }
        if rule.higher_rank_may {
            sentence += "；上级也可以做";
        }
        if !rule.adopted_with.is_empty() {
            sentence += &format!("；与 {} 同时采用时才适用", rule.adopted_with.join("、"));
        }
        aired(&(sentence + "。"))
    }

    /// `，且 … 的` after the opening.
    pub(super) fn when_zh(&self, when: &[Condition]) -> String {
        if when.is_empty() { String::new() } else { format!("{}的，", self.when(when)) }
    }

    fn after_zh(&self, from: &[At<String>], opens: Opens) -> String {
        let which = match opens {
            Opens::Each => "",
            Opens::First => "（首次）",
            Opens::Last => "（末次）",
        };
        format!("{}{which}后，", self.facts_at(from, false))
    }

    fn on_zh(&self, on: Option<calendar::On>) -> String {
        on.map_or(String::new(), |on| format!("在{}，", on.read_zh()))
    }

    fn limit_zh(&self, limit: &Limit) -> String {
        match limit {
            Limit::Within(span) => format!("在{}", self.within(span)),
            Limit::Due(anchor) => format!("至迟在{}", self.anchor(anchor)),
            Limit::None => String::new(),
        }
    }

    fn deadline_zh(&self, who: &str, kind: &Deadline) -> String {
        let mut text = self.after_zh(&kind.from, kind.opens);
        text += &self.on_zh(kind.on);
        text += &self.when_zh(&kind.when);
        let must = self.facts_at(&kind.must, kind.must_all);
        let done = match kind.must_all && kind.must.len() > 1 {
            true => format!("把{must}都做到"),
            false => format!("做到{must}"),
        };
        text += &match (&kind.limit, &kind.closing) {
            (Limit::None, Some(closing)) => format!("{who}须在{}之前{done}", self.fact(closing)),
            (Limit::None, None) => format!("{who}须{done}，不限时间"),
            (limit, _) => format!("{who}须{}{done}", self.limit_zh(limit)),
        };
        if let Some(first) = &kind.not_before {
            text += &format!("；早于{}的不算", self.anchor(first));
        }
        if !kind.same.is_empty() {
            text += &format!("；按{}配对", self.attributes(&kind.same));
        }
        if kind.soft {
            text += "；过时只作软提醒，不算逾期";
        }
        if let Some(pause) = &kind.pause {
            let (from, to) = (self.fact(&pause.from), self.fact(&pause.to));
            text += &if pause.restart {
                format!("；{from}之后停表，{to}之后重新计时")
            } else {
                format!("；{from}至{to}不计时")
            };
        }
        if let Some(moved) = &kind.moved_by {
            text += &format!("；{}之后，改以{}为限", self.fact(&moved.fact), self.attribute(&moved.to));
        }
        if let (Some(closing), false) = (&kind.closing, kind.limit == Limit::None) {
            text += &format!("；{}时还没有做到的，算未办", self.fact(closing));
        }
        if kind.by_entry {
            text += "；按录入时刻算";
        }
        if !kind.ends_with.is_empty() {
            text += &format!("；{}之后不再适用", self.facts(&kind.ends_with, false));
        }
        if !kind.waived_by.is_empty() {
            text += &format!("；经{}免办", self.facts(&kind.waived_by, false));
        }
        if let Some(alert) = &kind.alert {
            text += &format!("；逾期告知{alert}");
        }
        text
    }

    fn duty_zh(&self, who: &str, kind: &Duty) -> String {
        let times = match &kind.at_least {
            Slot::Stated(1) => String::new(),
            number => format!("，至少 {} 次", self.number(number)),
        };
        let mut text = format!(
            "{}，{}{}{who}须做到{}{times}",
            self.every(&kind.every),
            self.on_zh(kind.on),
            self.when_zh(&kind.when),
            self.fact(&kind.must.value)
        );
        if let Some(covering) = &kind.covering {
            let (from, to) = (self.attribute(&covering.from), self.attribute(&covering.to));
            let of_whom = if who.is_empty() { String::new() } else { format!("{who}的") };
            let hours = match &covering.at_least {
                Some(share) => format!("合起来须达到工作日服务时间的 {}", self.share(share)),
                None if covering.service_hours => "合起来须排满服务时间，不空岗".to_owned(),
                None => "合起来须排满全天，不空岗".to_owned(),
            };
            text = format!(
                "{}，{}{}{of_whom}{}（从{from}到{to}）{hours}",
                self.every(&kind.every).trim_end_matches("之前"),
                self.on_zh(kind.on),
                self.when_zh(&kind.when),
                self.fact(&kind.must.value)
            );
        }
        if let Some(of) = &kind.of {
            text += &format!("；本期没有{}的，不用做", self.fact(of));
        }
        text += match kind.on_rest_day {
            OnRestDay::Stays => "",
            OnRestDay::Earlier => "；遇休息日提前",
            OnRestDay::Later => "；遇休息日顺延",
            OnRestDay::Waived => "；遇休息日免办",
        };
        if let Some(attribute) = &kind.period_attribute {
            text += &format!("；算哪一期看{attribute}");
        }
        if kind.soft {
            text += "；过时只作软提醒，不算逾期";
        }
        text
    }

    fn rate_zh(&self, who: &str, kind: &Rate) -> String {
        let periods: Vec<&str> = kind.per.iter().map(|period| period.read_zh()).collect();
        let acts =
            if kind.must_all.is_empty() { self.fact(&kind.must.value) } else { self.facts(&kind.must_all, true) };
        let which = match kind.opens {
            Opens::Each => "",
            Opens::First => "（首次）",
            Opens::Last => "（末次，还没有做的不重复算）",
        };
        let mut text = format!("{}{}{which}后，{who}", self.when_zh(&kind.when), self.fact(&kind.of.value));
        text += &match (&kind.within, &kind.due) {
            (Some(span), _) => format!("在{}做到{acts}", self.within(span)),
            (None, Some(anchor)) => format!("至迟在{}做到{acts}", self.anchor(anchor)),
            (None, None) => format!("做到{acts}"),
        };
        text += &format!("的，{}不少于 {}（件数向上取整）", periods.join("、"), self.share(&kind.at_least));
        text += match kind.base {
            Base::FinishedInPeriod => "；基数是期内完成的",
            Base::DueInPeriod => "；基数是期内到期的",
            Base::FinishedLastWeek => "；基数是上一周完成的",
            Base::Participants => "；基数是本次参加者",
        };
        if let Some(size) = &kind.size {
            text += &format!("，人数看{size}");
        }
        if kind.late_counts {
            text += "；迟做的也计入比率";
        }
        let counted = &kind.counted;
        if !counted.by.is_empty() {
            text += &format!("；须有{}参加", counted.by.join("、"));
        }
        if !counted.methods.is_empty() {
            text += &format!("；方式限于{}", counted.methods.join("、"));
        }
        if !counted.record.is_empty() {
            text += &format!("；须记录{}", counted.record.join("、"));
        }
        for (word, attachment) in &kind.exempt {
            text += &format!("；{word}并附{attachment}的，免");
        }
        text
    }

    fn count_zh(&self, kind: &Count) -> String {
        let window = match &kind.within {
            Some(span) => format!("{}内", self.span(span)),
            None => kind.per.read_zh().to_owned(),
        };
        let groups =
            if kind.group_by.is_empty() { String::new() } else { format!("按{}分组，", kind.group_by.join("、")) };
        let distinct = kind.distinct.as_ref().map_or(String::new(), |word| format!("（同一{word}只计一次）"));
        let apart =
            kind.apart.as_ref().map_or(String::new(), |span| format!("（相隔不到{}的算一次）", self.span(span)));
        let (comparison, number) = &kind.threshold;
        let reached = format!("{}{}", self.comparison(*comparison), self.number(number));
        let of = self.fact(&kind.of.value);
        format!(
            "{}{groups}{window}{of}{distinct}{apart}{reached} 件的，列入“{}”",
            self.when_zh(&kind.when),
            kind.raises
        )
    }

    fn route_zh(&self, who: &str, kind: &Route) -> String {
        let start = self.after_zh(&kind.from, Opens::Each) + &self.on_zh(kind.on) + &self.when_zh(&kind.when);
        let owner = if who.is_empty() { String::new() } else { format!("由{who}") };
        let mut text = format!("{start}{owner}走{}", self.goal(&kind.go.value));
        if let Some((asked, go)) = &kind.unless {
            text += &format!("；{}的，走{}", self.fact(asked), self.goal(go));
        }
        text
    }

    fn escalation_zh(&self, who: &str, kind: &Escalation) -> String {
        let mut text = self.after_zh(&kind.from, Opens::Each) + &self.when_zh(&kind.when);
        let unless = if kind.unless.is_empty() {
            String::new()
        } else {
            format!("仍没有{}的，", self.facts(&kind.unless, false))
        };
        text += &match &kind.at {
            Limit::Within(span) => format!("满{}{unless}", self.span(span)),
            Limit::Due(anchor) => format!("到{}，{unless}", self.anchor(anchor)),
            Limit::None => format!("{unless}立刻"),
        };
        let owner = if who.is_empty() { String::new() } else { format!("由{who}") };
        text += &format!("{owner}上报{}", kind.to.value);
        if let Some(must) = &kind.must {
            text += &format!("，以{}为准", self.fact(must));
        }
        if kind.soft {
            text += "；只作软提醒";
        }
        text
    }

    fn classify_zh(&self, kind: &Classify) -> String {
        let rows = kind.values.iter().map(|(grounds, class)| format!("{}归为{class}", grounds.join("或")));
        let rows: Vec<String> = rows.collect();
        format!("按{}定{}，先合的为准：{}", kind.ground.value, kind.gives.value, rows.join("；"))
    }

    fn right_zh(&self, who: &str, kind: &Right) -> String {
        let start = self.after_zh(&kind.from, Opens::Each) + &self.when_zh(&kind.when);
        let opens = match &kind.opens {
            Limit::Within(span) => format!("满{}起，", self.span(span)),
            Limit::Due(anchor) => format!("自{}起，", self.anchor(anchor)),
            Limit::None => String::new(),
        };
        let mut text = format!("{start}{opens}{who}可以{}", self.fact(&kind.may.value));
        if !kind.until.is_empty() {
            text += &format!("，到{}为止", self.facts(&kind.until, false));
        }
        text
    }

    fn formula_zh(&self, kind: &Formula) -> String {
        let way = match &kind.mechanism {
            Mechanism::Sum { of, times: None } => format!("各次{of}之和"),
            Mechanism::Sum { of, times: Some(times) } => format!("各次{of} × {times}之和"),
            Mechanism::Multiply { of, by } => format!("{of} × {}", self.share(by)),
            Mechanism::Weigh { parts } => {
                let part = |(of, by): &(String, _)| format!("{of} × {}", self.share(by));
                parts.iter().map(part).collect::<Vec<_>>().join(" 加 ")
            }
            Mechanism::Each { of, amount } => format!("{of} × {}", self.amount(amount)),
            Mechanism::Accrue { on, rate } => {
                format!("每天按{on}的 {} 累计（单利）", self.share(rate))
            }
            Mechanism::Fixed { amount } => self.amount(amount),
        };
        let mut text = format!("{}“{}”是{way}", self.when_zh(&kind.when), kind.gives.value);
        if !kind.breach_of.is_empty() {
            let clauses = kind.breach_of.join("、");
            let often = if kind.each_breach { "，每次一份" } else { "" };
            text = format!("违反{clauses}（逾期、超时或未办）的，{text}{often}");
        }
        if let Some(post) = &kind.approved_by {
            text += &format!("；经{post}批准");
        }
        text
    }

    fn carried_zh(&self, kind: &Carried) -> String {
        let by = match kind.by.value.as_str() {
            "screen" => "页面",
            "checklist" => "检查项",
            "script" => "话术",
            "survey" => "调查题",
            "form_field" => "表单栏目",
            "review_question" => "考评题",
            "figure" => "指标",
            "register" => "登记簿",
            "setting" => "设置",
            _ => "告示",
        };
        let mut text = format!("由{by} {} 承载", kind.where_.value);
        if !kind.shown_by.is_empty() {
            text += &format!("，做得怎样看{}", self.attributes(&kind.shown_by));
        }
        if let Some(pending) = &kind.pending {
            text += &format!("；尚待：{pending}");
        }
        text
    }
}

/// The sentence with a blank between Chinese and figures or Latin letters, except inside quotes.
fn aired(sentence: &str) -> String {
    let latin = |c: char| c.is_ascii_alphanumeric() || c == '%';
    let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let (mut aired, mut before, mut quoted) = (String::new(), ' ', false);
    for letter in sentence.chars() {
        let border = (latin(before) && chinese(letter)) || (chinese(before) && latin(letter));
        if border && !quoted {
            aired.push(' ');
        }
        quoted = letter == '“' || (quoted && letter != '”');
        aired.push(letter);
        before = letter;
    }
    aired
}
