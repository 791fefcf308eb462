//! A problem of a rulebook (问题): where, what, and what to write instead, in Chinese.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// 提示: worth knowing; nothing has to change.
    Note,
    /// 注意: probably wrong or open; the rulebook can be used.
    Warning,
    /// 错误: the rulebook cannot be used as it stands.
    Error,
}

/// Something wrong or open in a file of a rulebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, as it was named to the parser.
    pub file: String,
    /// Bytes of the place in that file.
    pub span: Range<usize>,
    /// What is wrong, one Chinese sentence; what was written stands between backticks.
    pub sentence: String,
    /// What to write or look at instead.
    pub hint: Option<String>,
    /// How much it matters.
    pub severity: Severity,
}

impl Problem {
    /// A problem that forbids use.
    pub fn error(file: &str, span: Range<usize>, sentence: impl Into<String>) -> Problem {
        let (file, sentence) = (file.to_owned(), sentence.into());
        Problem { file, span, sentence, hint: None, severity: Severity::Error }
    }

    /// A problem to look at.
    pub fn warning(file: &str, span: Range<usize>, sentence: impl Into<String>) -> Problem {
        Problem { severity: Severity::Warning, ..Problem::error(file, span, sentence) }
    }

    /// Something worth knowing.
    pub fn note(file: &str, span: Range<usize>, sentence: impl Into<String>) -> Problem {
        Problem { severity: Severity::Note, ..Problem::error(file, span, sentence) }
    }

    /// The same problem with advice.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Problem {
        self.hint = Some(hint.into());
        self
    }

    /// The problem with the lines of its place, as text without colours. `text` is the whole file; a span that does not
    /// lie in it is cut to it.
    pub fn render(&self, text: &str) -> String {
        self.render_with(text, &Renderer::plain())
    }

    /// As `render`, with terminal colours.
    pub fn render_coloured(&self, text: &str) -> String {
        self.render_with(text, &Renderer::styled())
    }

    fn render_with(&self, text: &str, renderer: &Renderer) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR.with_name("错误"),
            Severity::Warning => Level::WARNING.with_name("注意"),
            Severity::Note => Level::NOTE.with_name("提示"),
        };
        let place = within(text, &self.span);
        let snippet = Snippet::source(text).path(&self.file).annotation(AnnotationKind::Primary.span(place));
        let mut groups = vec![level.primary_title(&self.sentence).element(snippet)];
        if let Some(hint) = &self.hint {
            groups.push(Group::with_title(Level::HELP.with_name("建议").secondary_title(hint)));
        }
        renderer.render(&groups)
    }
}

/// `span` cut to the letters of `text`, and to its first line when it covers several.
fn within(text: &str, span: &Range<usize>) -> Range<usize> {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let end = end.max(start);
    match text[start..end].find(['\n', '\r']) {
        Some(line) => start..start + line,
        None => start..end,
    }
}

/// Lines counted from 1 and letters counted from 1 of a byte of `text`, for lists that show no source.
pub fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let start = within(text, &(byte..byte)).start;
    let before = &text[..start];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}
