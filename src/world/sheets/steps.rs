//! A sheet in Sass with a step at the start of every loop, function and mixin.
//!
//! The compiler has no bound of its own: a loop whose condition stays true runs for ever, and a function that calls
//! itself for ever takes the process with it when the stack is full. So each of them first calls [`STEP`], which counts.
//! What is added is taken out of every place that the compiler names.

use std::ops::Range;

/// The function that is called at each step.
pub const STEP: &str = "sowhat-step";

/// Deeper nesting of rules and brackets would overflow the compiler's stack.
const MAX_DEPTH: usize = 100;

/// A statement longer than this, strings aside, could be an expression that does.
const MAX_STATEMENT: usize = 64 << 10;

/// What every repetition begins with.
const RULES: [&str; 5] = ["while", "for", "each", "function", "mixin"];

/// A text with its steps.
#[derive(Debug, Default)]
pub struct Stepped {
    pub text: String,
    added: Vec<Added>,
}

/// A step that was added.
#[derive(Debug)]
struct Added {
    /// The head of the rule that repeats, as the author wrote it.
    rule: Range<usize>,
    /// Where the step stands in what the author wrote.
    place: usize,
    len: usize,
}

/// A sheet that is nested too deep to be compiled, at this byte, or says too much in one statement.
#[derive(Debug, PartialEq, Eq)]
pub struct Unbounded {
    pub at: usize,
    pub reason: &'static str,
}

impl Stepped {
    /// Adds the steps to a sheet with braces.
    pub fn scss(text: &str) -> Result<Self, Unbounded> {
        let step = format!("$-{STEP}:{STEP}();");
        Scan { bytes: text.as_bytes(), at: 0, open: Vec::new(), repeats: None, statement: 0 }
            .run()
            .map(|rules| Self::with(text, rules.into_iter().map(|rule| (rule.clone(), rule.end, step.clone()))))
    }

    /// Adds the steps to a sheet that is nested by indentation.
    pub fn sass(text: &str) -> Result<Self, Unbounded> {
        let mut places = Vec::new();
        let (mut at, mut indents) = (0, vec![0]);
        // The width of the line that a comment or a rule that repeats begins at.
        let (mut comment, mut repeats) = (None, None);
        for line in text.split_inclusive('\n') {
            let (start, said) = (at, line.trim());
            at += line.len();
            let indent = &line[..line.len() - line.trim_start().len()];
            if said.is_empty() || comment.is_some_and(|width| indent.len() > width) {
                continue;
            }
            comment = (said.starts_with("//") || said.starts_with("/*")).then_some(indent.len());
            if let Some((_, rule)) = repeats.take().filter(|(width, _)| indent.len() > *width) {
                places.push((rule, start, format!("{indent}$-{STEP}: {STEP}()\n")));
            }
            indents.retain(|width| *width < indent.len());
            indents.push(indent.len());
            let n_brackets = said.bytes().filter(|byte| matches!(byte, b'(' | b'[' | b'{')).count();
            if indents.len() > MAX_DEPTH || n_brackets > MAX_DEPTH && Scan::of(said).run().is_err() {
                return Err(Unbounded { at: start, reason: TOO_DEEP });
            }
            if said.len() > MAX_STATEMENT {
                return Err(Unbounded { at: start, reason: TOO_LONG });
            }
            if comment.is_none() && (said.starts_with('=') || said.strip_prefix('@').is_some_and(is_repeating)) {
                let from = start + indent.len();
                repeats = Some((indent.len(), from..from + said.len()));
            }
        }
        Ok(Self::with(text, places))
    }

    /// What the author wrote at these bytes of the text with its steps: for a step, the rule that it was added to.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.original_at(range.start).map_or_else(|rule| rule, |at| at..at);
        let end = self.original_at(range.end).unwrap_or_else(|rule| rule.end);
        start.start..end.max(start.end)
    }

    fn original_at(&self, at: usize) -> Result<usize, Range<usize>> {
        let mut before = 0;
        for Added { rule, place, len } in &self.added {
            if at < place + before {
                break;
            }
            if at < place + before + len {
                return Err(rule.clone());
            }
            before += len;
        }
        Ok(at - before)
    }

    fn with(text: &str, additions: impl IntoIterator<Item = (Range<usize>, usize, String)>) -> Self {
        let (mut stepped, mut from) = (Self::default(), 0);
        for (rule, place, addition) in additions {
            stepped.text.push_str(&text[from..place]);
            stepped.text.push_str(&addition);
            stepped.added.push(Added { rule, place, len: addition.len() });
            from = place;
        }
        stepped.text.push_str(&text[from..]);
        stepped
    }
}

const TOO_DEEP: &str = "it is nested too deep";
const TOO_LONG: &str = "one of its statements is too long";

/// True if a rule of that text, after its `@`, repeats what is in it.
fn is_repeating(text: &str) -> bool {
    let name = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').next().unwrap_or_default();
    RULES.contains(&name)
}

/// What is open at a place of a sheet with braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Block,
    Paren,
    /// In `url(` two slashes are no comment.
    Url,
    Bracket,
    Interpolation,
    String(u8),
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    open: Vec<Open>,
    /// Where a rule began that repeats what is in its block, and how much was open there.
    repeats: Option<(usize, usize)>,
    /// Bytes since the last statement's end.
    statement: usize,
}

impl<'a> Scan<'a> {
    fn of(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), at: 0, open: Vec::new(), repeats: None, statement: 0 }
    }

    /// The heads of all rules that repeat, up to behind their braces.
    fn run(mut self) -> Result<Vec<Range<usize>>, Unbounded> {
        let mut rules = Vec::new();
        while let Some(byte) = self.peek(0) {
            let start = self.at;
            if let Some(Open::String(quote)) = self.open.last().copied() {
                self.string(byte, quote);
            } else if let Some(from) = self.code(byte) {
                rules.push(from..self.at);
            }
            if self.open.len() > MAX_DEPTH {
                return Err(Unbounded { at: start, reason: TOO_DEEP });
            }
            if self.statement > MAX_STATEMENT {
                return Err(Unbounded { at: start, reason: TOO_LONG });
            }
        }
        Ok(rules)
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn string(&mut self, byte: u8, quote: u8) {
        match byte {
            b'\\' => self.at += 1,
            b'#' if self.peek(1) == Some(b'{') => {
                self.open.push(Open::Interpolation);
                self.at += 1;
            }
            // A string ends with its line, closed or not.
            b'\n' => drop(self.open.pop()),
            _ if byte == quote => drop(self.open.pop()),
            _ => {}
        }
        self.at += 1;
    }

    /// Takes the next of what is no string; behind the brace of a rule that repeats, tells where it began.
    fn code(&mut self, byte: u8) -> Option<usize> {
        let top = self.open.last().copied();
        let mut rule = None;
        self.statement += 1;
        match byte {
            b'/' if self.peek(1) == Some(b'*') => return self.skip_to(b"*/"),
            b'/' if self.peek(1) == Some(b'/') && top != Some(Open::Url) => return self.skip_to(b"\n"),
            b'\\' => self.at += 1,
            b'"' | b'\'' => self.open.push(Open::String(byte)),
            b'(' if self.bytes[..self.at].ends_with(b"url") => self.open.push(Open::Url),
            b'(' => self.open.push(Open::Paren),
            b'[' => self.open.push(Open::Bracket),
            b'#' if self.peek(1) == Some(b'{') => {
                self.open.push(Open::Interpolation);
                self.at += 1;
            }
            b'@' if is_repeating(
                std::str::from_utf8(&self.bytes[self.at + 1..(self.at + 10).min(self.bytes.len())]).unwrap_or_default(),
            ) =>
            {
                self.repeats = Some((self.at, self.open.len()));
            }
            b'{' => {
                rule = self.repeats.filter(|(_, n_open)| *n_open == self.open.len()).map(|(from, _)| from);
                self.end_statement();
                self.open.push(Open::Block);
            }
            b')' if matches!(top, Some(Open::Paren | Open::Url)) => drop(self.open.pop()),
            b']' if top == Some(Open::Bracket) => drop(self.open.pop()),
            b'}' if top == Some(Open::Interpolation) => drop(self.open.pop()),
            b'}' => {
                self.end_statement();
                if top == Some(Open::Block) {
                    self.open.pop();
                }
            }
            b';' => self.end_statement(),
            _ => {}
        }
        self.at += 1;
        rule
    }

    fn end_statement(&mut self) {
        (self.statement, self.repeats) = (0, None);
    }

    fn skip_to(&mut self, end: &[u8]) -> Option<usize> {
        let rest = self.bytes.get(self.at + 2..).unwrap_or_default();
        let found = rest.windows(end.len()).position(|part| part == end);
        self.at = found.map_or(self.bytes.len(), |found| self.at + 2 + found + end.len());
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(stepped: Result<Stepped, Unbounded>) -> String {
        let stepped = stepped.unwrap();
        stepped.text.replace("$-sowhat-step:sowhat-step();", "§").replace("$-sowhat-step: sowhat-step()\n", "§")
    }

    #[test]
    fn each_repetition_has_a_step_and_nothing_else_has() {
        for (given, expected) in [
            ("@while $i > 0 { a { b: c } }", "@while $i > 0 {§ a { b: c } }"),
            ("@for $i from 1 through 3 {.a-#{$i}{b:c}}", "@for $i from 1 through 3 {§.a-#{$i}{b:c}}"),
            ("@function f($x: \"{\", $y: '}') { @return $x }", "@function f($x: \"{\", $y: '}') {§ @return $x }"),
            ("@mixin m /* { */ // {\n($a) { x { @content } }", "@mixin m /* { */ // {\n($a) {§ x { @content } }"),
            ("@each $k, $v in (a: (b: c)) { @each $l in $v {} }", "@each $k, $v in (a: (b: c)) {§ @each $l in $v {§} }"),
            ("@each $x in \"a#{f(\"}\")}{\" {}", "@each $x in \"a#{f(\"}\")}{\" {§}"),
            ("a { b: url(http://x/{@while) } @mixin m {}", "a { b: url(http://x/{@while) } @mixin m {§}"),
            ("@font-face { src: url(a) } @media (x) { }", "@font-face { src: url(a) } @media (x) { }"),
            ("// @while x {\n/* @for { */ a { b: \"@each {\" }", "// @while x {\n/* @for { */ a { b: \"@each {\" }"),
            ("@include m { a { b: c } } @while-x {}", "@include m { a { b: c } } @while-x {}"),
            ("@mixin a; .b {}", "@mixin a; .b {}"),
            (".a\\{ { b: c } @mixin é {}", ".a\\{ { b: c } @mixin é {§}"),
        ] {
            assert_eq!(shown(Stepped::scss(given)), expected);
        }
        for (given, expected) in [
            ("@while $i > 0\n  a\n    b: c\n", "@while $i > 0\n  §  a\n    b: c\n"),
            ("=m($a)\n\n\t\ta\n", "=m($a)\n\n\t\t§\t\ta\n"),
            ("@mixin m\na\n  b: c\n", "@mixin m\na\n  b: c\n"),
            ("/* x\n  @while y\n    z\n@each $a in b\n  +m\n", "/* x\n  @while y\n    z\n@each $a in b\n  §  +m\n"),
        ] {
            assert_eq!(shown(Stepped::sass(given)), expected);
        }
    }

    #[test]
    fn places_are_the_authors() {
        let given = "a{}\n@while x { b }\n@mixin m{c}";
        let stepped = Stepped::scss(given).unwrap();
        for word in ["a{", "@while", " b }", "@mixin", "c}"] {
            let (at, place) = (stepped.text.find(word).unwrap(), given.find(word).unwrap());
            assert_eq!(stepped.original(at..at + word.len()), place..place + word.len(), "{word}");
        }
        let at = stepped.text.find(STEP).unwrap();
        assert_eq!(&given[stepped.original(at..at + 3)], "@while x {");
        assert_eq!(stepped.original(stepped.text.len()..stepped.text.len()), given.len()..given.len());
    }

    #[test]
    fn what_would_overflow_the_stack_is_refused() {
        for (scss, reason) in [
            ("a{".repeat(200), TOO_DEEP),
            (format!("a{{b:{}1}}", "(".repeat(200)), TOO_DEEP),
            (format!("a{{b:{}}}", "\"#{".repeat(200)), TOO_DEEP),
            (format!("a{{b:1{}}}", "+1".repeat(50_000)), TOO_LONG),
        ] {
            assert_eq!(Stepped::scss(&scss).unwrap_err().reason, reason);
        }
        let indented: String = (0..200).map(|depth| format!("{}a\n", " ".repeat(depth))).collect();
        assert_eq!(Stepped::sass(&indented).unwrap_err().reason, TOO_DEEP);
        assert_eq!(Stepped::sass(&format!("a\n  b: {}1\n", "(".repeat(200))).unwrap_err().reason, TOO_DEEP);
        assert!(Stepped::scss(&format!("a{{b:url(data:{})}}", "x".repeat(10_000))).is_ok());
        assert!(Stepped::scss(&format!("a{{b:\"{}\"}}", "x".repeat(1 << 20))).is_ok());
    }
}
