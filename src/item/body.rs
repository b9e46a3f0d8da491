//! An item's body: from Markdown to paragraphs of plain text.
//!
//! The subset is what can be read on a wall: paragraphs, headings, bullet and numbered lists, tables, forced breaks, emphasis. Links
//! and code within a line become their text; rules and HTML comments become nothing; all else is a problem (see [`Form`]). Source
//! lines run on without a space beside Chinese characters, unless the next one opens a paragraph as offices type it: by an indent or a
//! hand-written number. Numbers of points stay as they were written. No text disappears without an error.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::{
    Paragraph, ParagraphKind, Point,
    beyond::{Beyond, Form},
    emphasis::Emphasis,
    office,
};

/// The body of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// What it says.
    pub paragraphs: Vec<Paragraph>,
    /// What of it cannot be shown as written, in the order of their places.
    pub problems: Vec<Beyond>,
}

/// Reads `markdown`, the text after an item's front matter. Spans count its bytes.
pub fn parse(markdown: &str) -> Body {
    read(markdown, false)
}

/// The same of a `.txt`, in which a line is a paragraph as it was typed, unless it is full and breaks off within a sentence.
pub fn parse_typed(text: &str) -> Body {
    read(text, true)
}

fn read(markdown: &str, is_typed: bool) -> Body {
    let parser = Parser::new_ext(markdown, Options::ENABLE_TABLES);
    let mut setter = Setter::new(markdown, is_typed);
    for (_, definition) in parser.reference_definitions().iter() {
        if !definition.dest.contains("://") {
            setter.beyond(Form::Definition, definition.span.clone());
        }
    }
    for (event, span) in parser.into_offset_iter() {
        setter.event(event, span);
    }
    setter.finish()
}

/// Sets events as paragraphs.
struct Setter<'a> {
    source: &'a str,
    /// Whether its lines were typed as paragraphs.
    is_typed: bool,
    body: Body,
    /// The paragraph that is being set.
    kind: ParagraphKind,
    text: String,
    emphasis: Emphasis,
    /// How many columns the table that is being set has.
    columns: usize,
    /// The mark of the point that is being set, until its first paragraph takes it.
    mark: Option<String>,
    lists: Vec<List>,
    /// The code block that is being read.
    code: Option<Code>,
    /// The block of HTML that is being read.
    html: String,
}

/// A list that is being set.
enum List {
    Bullets,
    /// The number of the last point, after the first one.
    Numbers(Option<Number>),
}

#[derive(Clone, Copy)]
struct Number {
    /// As the source has it.
    written: u64,
    /// As it was set.
    set: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Code {
    Fenced,
    /// Four blanks at the start: to Markdown code, to an office the indent of a paragraph.
    Indented,
}

impl<'a> Setter<'a> {
    fn new(source: &'a str, is_typed: bool) -> Self {
        Self {
            source,
            is_typed,
            body: Body::default(),
            kind: ParagraphKind::Text,
            text: String::new(),
            emphasis: Emphasis::default(),
            columns: 0,
            mark: None,
            lists: Vec::new(),
            code: None,
            html: String::new(),
        }
    }

    fn finish(mut self) -> Body {
        self.flush();
        self.body.problems.sort_by_key(|problem| problem.span.start);
        self.body
    }

    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) if self.code.is_some() => self.code_line(&text, span.start),
            Event::Text(text) | Event::Code(text) => self.push(&text),
            Event::SoftBreak => self.soft_break(span.end),
            // Who types does not see blanks at the end of a line.
            Event::HardBreak if self.is_typed => self.soft_break(span.end),
            Event::HardBreak => self.hard_break(span.end),
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(html) => self.inline_html(&html, span),
            Event::Rule => self.flush(),
            // Extensions that are not switched on.
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Range<usize>) {
        match tag {
            Tag::Emphasis => self.star("*", &span, Emphasis::begin),
            Tag::Strong => self.star("**", &span, Emphasis::begin),
            Tag::Link { .. } | Tag::TableHead | Tag::TableRow | Tag::TableCell => {}
            Tag::Image { .. } => self.beyond(Form::Image, span),
            Tag::Heading { .. } => {
                self.flush();
                self.kind = ParagraphKind::Heading;
            }
            Tag::List(first) => {
                self.flush();
                self.lists.push(first.map_or(List::Bullets, |_| List::Numbers(None)));
            }
            Tag::Item => {
                self.flush();
                self.mark = Some(self.next_mark(span.start));
            }
            Tag::BlockQuote(_) => self.block(Form::Quote, span),
            Tag::Table(columns) => {
                self.flush();
                self.kind = ParagraphKind::Table { headed: true };
                self.columns = columns.len();
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                self.block(Form::Code, span);
                self.code = Some(Code::Fenced);
                // A program's language is no text; anything else after the fence is.
                if !info.is_ascii() {
                    self.code_line(info, 0);
                }
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                self.flush();
                self.code = Some(Code::Indented);
            }
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd, span: Range<usize>) {
        match tag {
            TagEnd::Emphasis => self.star("*", &span, Emphasis::end),
            TagEnd::Strong => self.star("**", &span, Emphasis::end),
            TagEnd::Link | TagEnd::Image => {}
            TagEnd::TableCell => {
                self.trim_line();
                self.text.push('\t');
            }
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(span),
            TagEnd::Table => self.flush_table(),
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::Item => {
                self.flush();
                self.mark = None;
            }
            TagEnd::CodeBlock => {
                self.flush();
                self.code = None;
            }
            TagEnd::HtmlBlock => self.html_block(span),
            _ => self.flush(),
        }
    }

    /// Ends the paragraph that is being set, if it says anything.
    fn flush(&mut self) {
        let kind = std::mem::replace(&mut self.kind, ParagraphKind::Text);
        let text = std::mem::take(&mut self.text);
        let emphasis = self.emphasis.take(text.len());
        let lead = text.len() - text.trim_start().len();
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let (kind, before) = match self.mark.take() {
            Some(mark) => {
                let joint = office::joint(mark.chars().last(), text.chars().next());
                let before = mark + joint;
                (self.point(before.len()), before)
            }
            None if kind == ParagraphKind::Text => match office::bullet(text) {
                0 => (kind, String::new()),
                mark => (self.point(mark), String::new()),
            },
            None => (kind, String::new()),
        };
        self.body.paragraphs.push(Paragraph {
            kind,
            emphasis: emphasis.moved(lead, before.len(), text.len()),
            text: (before + text).into(),
        });
    }

    /// A point of the list that is being set, whose mark takes so many bytes.
    fn point(&self, mark: usize) -> ParagraphKind {
        let depth = self.lists.len().saturating_sub(1);
        ParagraphKind::Point(Point {
            depth: u8::try_from(depth).unwrap_or(u8::MAX),
            mark: u8::try_from(mark).unwrap_or(u8::MAX),
        })
    }

    /// Ends a row of a table; one without text is none. Of the first row, that would be the head.
    fn end_row(&mut self, span: Range<usize>) {
        if office::has_more_cells(&self.source[span.clone()], self.columns) {
            self.beyond(Form::Cells, span);
        }
        let end = self.text.trim_end_matches('\t').len();
        self.text.truncate(end);
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        } else if self.text.is_empty() {
            self.kind = ParagraphKind::Table { headed: false };
        }
    }

    /// Ends a table, if it says anything.
    fn flush_table(&mut self) {
        let kind = std::mem::replace(&mut self.kind, ParagraphKind::Text);
        let mut text = std::mem::take(&mut self.text);
        let emphasis = self.emphasis.take(text.len());
        text.truncate(text.trim_end().len());
        if text.is_empty() {
            return;
        }
        // A number in a list is not lost where it stands before a table.
        if let Some(mark) = self.mark.take() {
            let point = self.point(mark.len());
            self.body.paragraphs.push(Paragraph::new(point, mark));
        }
        self.body.paragraphs.push(Paragraph {
            kind,
            emphasis: emphasis.moved(0, 0, text.len()),
            text: text.into(),
        });
    }

    fn in_table(&self) -> bool {
        matches!(self.kind, ParagraphKind::Table { .. })
    }

    /// Adds text, its blanks made one space, none at the start of a line.
    fn push(&mut self, text: &str) {
        for char in text.chars() {
            let at_start = self.text.is_empty() || self.text.ends_with(['\n', '\t']);
            if char == '\n' || office::is_blank(char) {
                if !at_start && !self.text.ends_with(' ') {
                    self.text.push(' ');
                }
            } else if char != '\u{3000}' || !at_start {
                self.text.push(char);
            }
        }
    }

    /// The source's next line begins at `next`.
    fn soft_break(&mut self, next: usize) {
        let line = self.source[next..].lines().next().unwrap_or_default();
        if self.opens(next) || office::is_labelled(line) || self.has_ended(next) {
            return self.flush();
        }
        let line = self.source[next..].trim_start();
        self.trim_line();
        self.text
            .push_str(office::joint(self.text.chars().last(), line.chars().next()));
    }

    fn hard_break(&mut self, next: usize) {
        if self.in_table() {
            return self.push(" ");
        }
        if self.opens(next) {
            return self.flush();
        }
        self.trim_line();
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    fn opens(&self, next: usize) -> bool {
        let line = self.source[next..].lines().next().unwrap_or_default();
        office::indented(line, !self.lists.is_empty()) || office::opens(line)
    }

    /// Whether the line before `next` was typed as the end of a paragraph.
    fn has_ended(&self, next: usize) -> bool {
        let before = self.source[..next].trim_end_matches(['\n', '\r']);
        let line = before.rsplit('\n').next().unwrap_or_default();
        let after = self.source[next..].lines().next().unwrap_or_default();
        self.is_typed && !office::runs_on(line, after)
    }

    fn trim_line(&mut self) {
        let end = self.text.trim_end_matches([' ', '\u{3000}']).len();
        self.text.truncate(end);
        self.emphasis.truncate(end);
    }

    /// The mark of the item that begins at `at`. Its number is the one written, since other texts refer to it; only where it does not
    /// change from item to item (Markdown's `1.` `1.` `1.`) is it counted.
    fn next_mark(&mut self, at: usize) -> String {
        let depth = self.lists.len();
        let Some(List::Numbers(last)) = self.lists.last_mut() else {
            // In GB 2312, so every Chinese strike has them.
            return if depth > 1 { "○" } else { "●" }.into();
        };
        let item = self.source[at..].trim_start();
        let rest = item.trim_start_matches(|char: char| char.is_ascii_digit());
        let written = item[..item.len() - rest.len()].parse().unwrap_or(1);
        let set = match *last {
            Some(last) if last.written == written => last.set + 1,
            _ => written,
        };
        *last = Some(Number { written, set });
        format!("{set}{}", if rest.starts_with(')') { ')' } else { '.' })
    }

    /// Emphasis over `span` begins or ends, as `note` notes. In 3*4*5 the stars are times signs: where Latin letters or digits stand on both sides of
    /// both marks, the marks stay.
    fn star(&mut self, mark: &str, span: &Range<usize>, note: fn(&mut Emphasis, usize)) {
        let is_word = |char: char| char.is_ascii_alphanumeric();
        let (before, after) = (&self.source[..span.start], &self.source[span.end..]);
        let inside = self.source[span.clone()].trim_start_matches('*').trim_end_matches('*');
        if before.ends_with(is_word)
            && inside.starts_with(is_word)
            && inside.ends_with(is_word)
            && after.starts_with(is_word)
        {
            self.text.push_str(mark);
        } else {
            note(&mut self.emphasis, self.text.len());
        }
    }

    /// Text of a code block that begins at the byte `at`.
    fn code_line(&mut self, text: &str, mut at: usize) {
        for line in text.split_inclusive('\n') {
            if self.code == Some(Code::Fenced) {
                self.push(line);
                self.flush();
            } else {
                let plain = line.trim_start();
                self.absorb(read(plain, self.is_typed), at + line.len() - plain.len());
            }
            at += line.len();
        }
    }

    /// Takes over the paragraphs of a part of the source that begins at the byte `at`.
    fn absorb(&mut self, part: Body, at: usize) {
        self.body.paragraphs.extend(part.paragraphs);
        for Beyond { form, span } in part.problems {
            self.beyond(form, at + span.start..at + span.end);
        }
    }

    fn inline_html(&mut self, html: &str, span: Range<usize>) {
        let name: String = html.chars().filter(char::is_ascii_alphabetic).collect();
        if name.eq_ignore_ascii_case("br") {
            self.hard_break(span.end);
        } else if !html.starts_with("<!--") {
            self.beyond(if html.is_ascii() { Form::Tag } else { Form::Html }, span);
        }
    }

    fn html_block(&mut self, span: Range<usize>) {
        let html = std::mem::take(&mut self.html);
        let comment = html.trim().strip_prefix("<!--").and_then(|html| html.split_once("-->"));
        if !comment.is_some_and(|(_, rest)| rest.is_empty()) {
            self.beyond(Form::Html, span);
        }
    }

    fn block(&mut self, form: Form, span: Range<usize>) {
        self.flush();
        self.beyond(form, span);
    }

    fn beyond(&mut self, form: Form, span: Range<usize>) {
        self.body.problems.push(Beyond { form, span });
    }
}
