//! Form fields (表单项): a label, a control, a hint, and what is wrong with it, in place.

use maud::{Markup, PreEscaped, html};

use crate::language::t;

/// A control with its label. The label says what is asked; the hint how.
pub struct Field<'a> {
    /// The name under which it is posted; also its id.
    pub name: &'a str,
    /// What is asked.
    pub label: &'a str,
    /// How to answer, if that needs saying.
    pub hint: &'a str,
    /// What is wrong with the value that came back.
    pub wrong: Option<&'a str>,
    /// Must be answered.
    pub required: bool,
    /// What kind of control.
    pub control: Control<'a>,
}

/// A kind of control with its value.
pub enum Control<'a> {
    /// One line of text; `kind` is the input's type: text, tel, number, date, datetime-local, password.
    Line {
        /// The input's type.
        kind: &'static str,
        /// Its value.
        value: &'a str,
        /// Characters at most.
        most: u32,
    },
    /// Several lines.
    Lines {
        /// Its value.
        value: &'a str,
        /// Rows shown.
        rows: u8,
        /// Characters at most.
        most: u32,
    },
    /// One of many: value and words, and which is chosen.
    Select {
        /// Value and words.
        choices: &'a [(&'a str, &'a str)],
        /// The chosen value.
        chosen: &'a str,
    },
    /// Anything else, which carries the field's name and id itself.
    Own(Markup),
}

impl<'a> Field<'a> {
    /// A line of text with at most 200 characters.
    pub fn line(name: &'a str, label: &'a str, value: &'a str) -> Field<'a> {
        let control = Control::Line { kind: "text", value, most: 200 };
        Field { name, label, hint: "", wrong: None, required: false, control }
    }

    /// The field.
    pub fn render(&self) -> Markup {
        let described = (!self.hint.is_empty() || self.wrong.is_some()).then(|| format!("{}-says", self.name));
        html! {
            div class={ "field" @if self.wrong.is_some() { " wrong" } } {
                label for=(self.name) {
                    (self.label)
                    @if self.required { span.must title=(t("必填")) { "＊" } }
                }
                (self.control(described.as_deref()))
                @if let Some(id) = &described {
                    p.says id=(id) {
                        @if let Some(wrong) = self.wrong { (wrong) } @else { (self.hint) }
                    }
                }
            }
        }
    }

    fn control(&self, described: Option<&str>) -> Markup {
        let (name, required) = (self.name, self.required);
        let invalid = self.wrong.map(|_| "true");
        match &self.control {
            Control::Line { kind, value, most } => html! {
                input id=(name) name=(name) type=(kind) value=(value) maxlength=(most) required[required]
                    aria-describedby=[described] aria-invalid=[invalid];
            },
            Control::Lines { value, rows, most } => html! {
                textarea id=(name) name=(name) rows=(rows) maxlength=(most) required[required]
                    aria-describedby=[described] aria-invalid=[invalid] { (PreEscaped("\n")) (value) }
            },
            Control::Select { choices, chosen } => html! {
                select id=(name) name=(name) required[required] aria-describedby=[described] aria-invalid=[invalid] {
                    @for (value, words) in *choices {
                        option value=(value) selected[value == chosen] { (words) }
                    }
                }
            },
            Control::Own(markup) => markup.clone(),
        }
    }
}

/// One chip of a choice.
pub struct Chip<'a> {
    /// The posted value.
    pub value: &'a str,
    /// What it says.
    pub words: &'a str,
    /// A key that chooses it.
    pub key: Option<&'a str>,
    /// Chosen.
    pub on: bool,
}

/// A choice as chips: one of them (radio), or any number (`many`).
pub fn chips(name: &str, label: &str, many: bool, chips: &[Chip]) -> Markup {
    html! {
        fieldset.chips {
            legend {
                (label.trim_end_matches('＊'))
                @if label.ends_with('＊') { span.must title=(t("必填")) { "＊" } }
            }
            @for chip in chips {
                label {
                    input type=(if many { "checkbox" } else { "radio" }) name=(name) value=(chip.value)
                        checked[chip.on] data-key=[chip.key];
                    span { (chip.words) @if let Some(key) = chip.key { " " kbd { (key) } } }
                }
            }
        }
    }
}

/// A chip that only shows: a condition that is or is not yet fulfilled.
pub fn sign_chip(words: &str, fulfilled: bool) -> Markup {
    html! {
        span.sign-chip aria-label={ (words) " " (if fulfilled { t("已达到") } else { t("未达到") }) } data-on[fulfilled] {
            (words)
        }
    }
}

/// A search box that looks while one types. The results are the element `results`, which the answer of `action` holds;
/// without script, Enter opens the answer as a page.
pub struct Picker<'a> {
    /// The name of the search word.
    pub name: &'a str,
    /// What is looked for.
    pub label: &'a str,
    /// An example inside the empty box.
    pub example: &'a str,
    /// The present word.
    pub value: &'a str,
    /// The address that looks.
    pub action: &'a str,
    /// The id of the results.
    pub results: &'a str,
    /// Takes rooms from the numeric keypad.
    pub room: bool,
    /// The key that leads here.
    pub key: Option<&'a str>,
}

impl Picker<'_> {
    /// The box and its results, which `found` fills at the first showing.
    pub fn render(&self, found: Markup) -> Markup {
        html! {
            form.picker role="search" action=(self.action) data-swap=(self.results) aria-label=(self.label) {
                label for=(self.name) { (self.label) @if let Some(key) = self.key { " " kbd { (key) } } }
                input id=(self.name) name=(self.name) type="search" value=(self.value) placeholder=(self.example)
                    autocomplete="off" maxlength="80" data-debounce="200" data-room[self.room] data-key=[self.key]
                    aria-controls=(self.results);
            }
            div.found id=(self.results) { (found) }
        }
    }
}

/// The hidden id of a command: a repeat is answered, not done again. `id` is fresh for each form that is shown.
pub fn command(id: &str) -> Markup {
    html! { input type="hidden" name="command" value=(id); }
}

/// Photos to be taken or chosen, made smaller before they travel, shown in `shows`.
pub fn photo_input(name: &str, label: &str, shows: &str) -> Markup {
    html! {
        label.button.photo-input {
            (super::icon(super::icon::lucide::LuCamera)) (label)
            input.vh type="file" name=(name) accept="image/jpeg,image/png,image/webp" capture="environment" multiple
                data-photo="1600" data-shows=(shows);
        }
        div.photos id=(shows) {}
    }
}

/// Files to attach as they are: PDF and pictures.
pub fn file_input(name: &str, label: &str) -> Markup {
    html! {
        label.field {
            span { (label) span.small.dim { " " (t("PDF 或图片")) } }
            input type="file" name=(name) accept="application/pdf,image/jpeg,image/png,image/webp" multiple;
        }
    }
}

/// A place to sign with the finger. The strokes are posted as `name`; without script one signs on paper.
pub fn sign_here(name: &str, label: &str) -> Markup {
    html! {
        div.sign {
            span { (label) }
            canvas width="600" height="200" data-sign=(name) aria-label=(label) {}
            input type="hidden" name=(name);
            button.plain type="button" data-sign-clear { (t("重签")) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_stands_at_the_field_and_is_read_with_it() {
        let mut field = Field::line("phone", "电话", "13800<");
        field.hint = "手机或座机";
        assert!(field.render().into_string().contains(r#"value="13800&lt;""#));
        field.wrong = Some("位数不对");
        let shown = field.render().into_string();
        assert!(shown.contains(r#"aria-invalid="true""#) && shown.contains(r#"aria-describedby="phone-says""#));
        assert!(shown.contains("位数不对") && !shown.contains("手机或座机"));
    }

    #[test]
    fn a_text_keeps_its_first_line_break() {
        let control = Control::Lines { value: "\n第二行", rows: 3, most: 400 };
        let field = Field { name: "a", label: "b", hint: "", wrong: None, required: true, control };
        assert!(field.render().into_string().contains(">\n\n第二行</textarea>"));
    }
}
