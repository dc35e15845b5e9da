//! Style sheets written in Sass (`.scss`, `.sass`) to CSS. The pipeline asks for all of a site's at once.
//!
//! What the compiler takes for its disk is the snapshot: an `@use` finds only what stands in the site's `static/` and in its theme's, of
//! which the site's own shadows the theme's by path, as with all files. So a site can set a theme's
//! `_tokens.scss` and leave the rest of its sheet alone.

#[cfg(feature = "sass")]
mod steps;

use crate::base::at_work::AtWork;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::SourcePath;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A file that a sheet is made from, or may be.
#[derive(Debug, Clone)]
pub struct SheetFile {
    pub path: SourcePath,
    /// Its path below `static/`, which is how other files ask for it.
    pub name: SourcePath,
    pub text: Arc<String>,
}

/// The compiled sheets of a site.
#[derive(Debug, Clone, Default)]
pub struct Sheets {
    /// The CSS of each file that is no partial, by the file; empty where there is a finding.
    pub css: BTreeMap<SourcePath, Arc<str>>,
    pub findings: Vec<Diagnostic>,
}

/// True for a file that is compiled and not copied.
pub fn is_sass(path: &SourcePath) -> bool {
    matches!(path.extension(), "scss" | "sass")
}

/// True for a file that only others use.
fn is_partial(path: &SourcePath) -> bool {
    path.file_name().starts_with('_')
}

/// Compiles every sheet of these files, of which the first of a name is the one that holds.
pub fn compile(files: &[SheetFile], at_work: &Arc<AtWork>) -> Sheets {
    let mut by_name: BTreeMap<&str, &SheetFile> = BTreeMap::new();
    for file in files {
        by_name.entry(file.name.as_str()).or_insert(file);
    }
    let mut sheets = Sheets::default();
    let published = files.iter().filter(|file| is_sass(&file.path) && !is_partial(&file.path));
    for file in published.filter(|file| by_name[file.name.as_str()].path == file.path) {
        sheets.findings.extend(twin(file, &by_name));
        let _job = at_work.begin(file.name.as_str(), &file.path);
        let css = compiler::compile(file, &by_name).unwrap_or_else(|finding| {
            sheets.findings.push(*finding);
            String::new()
        });
        sheets.css.insert(file.path.clone(), css.into());
    }
    sheets
}

/// A plain sheet in the same folder that would stand at the same address.
fn twin(file: &SheetFile, by_name: &BTreeMap<&str, &SheetFile>) -> Option<Diagnostic> {
    let (stem, extension) = file.name.as_str().rsplit_once('.')?;
    let others = ["css", "scss"].into_iter().filter(|other| *other < extension);
    let other = others.filter_map(|other| by_name.get(format!("{stem}.{other}").as_str())).find(|other| {
        let folder = |file: &SheetFile| file.path.parent();
        folder(other) == folder(file)
    })?;
    let finding = Diagnostic::error("output-collision", Place::file(&file.path), format!("two outputs would stand at `{stem}.css`"));
    Some(finding.note_at(Place::file(&other.path), format!("one is made from `{}`", other.path)).help("rename one of them"))
}

/// The finding at a sheet's fault.
fn fault(path: &SourcePath, range: std::ops::Range<usize>, message: &str) -> Diagnostic {
    Diagnostic::error("sass-error", Place::new(path, range), format!("this sheet cannot be compiled: {message}"))
}

#[cfg(feature = "sass")]
mod compiler {
    use super::steps::{STEP, Stepped, Unbounded};
    use super::{SheetFile, fault};
    use crate::base::diagnostic::Diagnostic;
    use crate::base::path::SourcePath;
    use grass_compiler::sass_value::{ArgumentResult, Value};
    use grass_compiler::{Builtin, ErrorKind, Fs, Options, Visitor};
    use std::cell::Cell;
    use std::collections::BTreeMap;
    use std::io;
    use std::path::{Path, PathBuf};

    /// What deeply nested rules, long expressions and functions that call themselves need; no more of it is taken
    /// than is used.
    const STACK: usize = 256 << 20;

    /// Functions that call themselves may use this much of it.
    const MAX_CALLS: usize = STACK / 4 * 3;

    /// Repetitions and calls that one sheet may take; a large framework takes some hundred thousand.
    const MAX_STEPS: u64 = 2_000_000;

    // The compiler calls functions that hold nothing. Each sheet has a thread of its own.
    thread_local! {
        static STEPS: Cell<u64> = const { Cell::new(0) };
        static STACK_TOP: Cell<usize> = const { Cell::new(0) };
    }

    pub fn compile(file: &SheetFile, by_name: &BTreeMap<&str, &SheetFile>) -> Result<String, Box<Diagnostic>> {
        let texts = stepped(by_name)?;
        let run = || {
            STACK_TOP.set(stack_place());
            let files = Files { by_name, texts: &texts };
            // Spread out: our own minifier follows, and drops no semicolon that a fault would need to show.
            let options = Options::default().fs(&files).quiet(true).allows_charset(false).add_custom_fn(STEP, Builtin::new(step));
            grass_compiler::from_path(file.name.as_str(), &options).map_err(|error| Box::new(finding(*error, file, &files)))
        };
        let made = std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run);
            thread.map(std::thread::ScopedJoinHandle::join)
        });
        match made {
            Ok(Ok(made)) => made,
            Ok(Err(_)) => {
                let finding = fault(&file.path, 0..0, "the Sass compiler itself failed");
                Err(finding.help("find the rule that it fails on by taking rules out, and write it in another way").into())
            }
            Err(error) => Err(fault(&file.path, 0..0, &error.to_string()).help("build again").into()),
        }
    }

    /// Every sheet in Sass with its steps; the first one that the compiler could not bear is a finding.
    fn stepped<'a>(by_name: &BTreeMap<&'a str, &'a SheetFile>) -> Result<BTreeMap<&'a str, Stepped>, Box<Diagnostic>> {
        let mut texts = BTreeMap::new();
        for (name, file) in by_name {
            let stepped = match file.path.extension() {
                "scss" => Stepped::scss(&file.text),
                "sass" => Stepped::sass(&file.text),
                _ => continue,
            };
            let Unbounded { at, reason } = match stepped {
                Ok(stepped) => {
                    texts.insert(*name, stepped);
                    continue;
                }
                Err(unbounded) => unbounded,
            };
            return Err(Box::new(fault(&file.path, at..at, reason).help("take it apart into rules or maps of their own")));
        }
        Ok(texts)
    }

    /// Counts a repetition or a call, and ends the sheet that never ends.
    fn step(arguments: ArgumentResult, _: &mut Visitor<'_>) -> grass_compiler::Result<Value> {
        let n_steps = STEPS.get() + 1;
        STEPS.set(n_steps);
        if n_steps > MAX_STEPS {
            return Err((format!("it takes more than {MAX_STEPS} repetitions and calls"), arguments.span()).into());
        }
        if STACK_TOP.get().abs_diff(stack_place()) > MAX_CALLS {
            return Err(("it calls itself without an end", arguments.span()).into());
        }
        Ok(Value::Null)
    }

    /// How far the stack of this thread has grown, as an address.
    #[inline(never)]
    fn stack_place() -> usize {
        let here = 0_u8;
        std::ptr::from_ref(std::hint::black_box(&here)).addr()
    }

    /// The files of `static/` by their names, and no disk.
    #[derive(Debug)]
    struct Files<'a> {
        by_name: &'a BTreeMap<&'a str, &'a SheetFile>,
        texts: &'a BTreeMap<&'a str, Stepped>,
    }

    impl Files<'_> {
        fn find(&self, path: &Path) -> Option<&SheetFile> {
            // An absolute path would be one of the machine that builds.
            let path = path.to_str().filter(|path| !path.starts_with('/'))?;
            self.by_name.get(SourcePath::root().join(path)?.as_str()).copied()
        }

        /// The text that is compiled in the place of a file's own.
        fn text<'b>(&'b self, file: &'b SheetFile) -> &'b str {
            self.texts.get(file.name.as_str()).map_or(&file.text, |stepped| &stepped.text)
        }
    }

    impl Fs for Files<'_> {
        fn is_dir(&self, path: &Path) -> bool {
            let folder = path.to_str().and_then(|path| SourcePath::root().join(path));
            folder.is_some_and(|folder| {
                self.by_name.keys().any(|name| name.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/')))
            })
        }

        fn is_file(&self, path: &Path) -> bool {
            self.find(path).is_some()
        }

        fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
            self.find(path).map(|file| self.text(file).as_bytes().to_vec()).ok_or_else(|| io::ErrorKind::NotFound.into())
        }

        fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
            self.find(path).map(|file| PathBuf::from(file.name.as_str())).ok_or_else(|| io::ErrorKind::NotFound.into())
        }
    }

    fn finding(error: grass_compiler::Error, sheet: &SheetFile, files: &Files<'_>) -> Diagnostic {
        let (message, name, (from, to)) = match error.kind() {
            ErrorKind::ParseError { message, loc, .. } => {
                (message, loc.file.name().to_owned(), ((loc.begin.line, loc.begin.column), (loc.end.line, loc.end.column)))
            }
            ErrorKind::IoError(error) => (error.to_string(), String::new(), ((0, 0), (0, 0))),
            ErrorKind::FromUtf8Error(_) => ("it is not UTF-8 text".to_owned(), String::new(), ((0, 0), (0, 0))),
            _ => ("for a reason that the compiler does not give".to_owned(), String::new(), ((0, 0), (0, 0))),
        };
        let path = SourcePath::root().join(&name);
        let file = path.and_then(|path| files.by_name.get(path.as_str()).copied()).unwrap_or(sheet);
        let text = files.text(file);
        let start = offset(text, from);
        let range = start..offset(text, to).max(start);
        let range = files.texts.get(file.name.as_str()).map_or(range.clone(), |stepped| stepped.original(range));
        let message = message.trim_end_matches('.');
        let finding = fault(&file.path, range, message).help(help(message));
        match file.path == sheet.path {
            true => finding,
            false => finding.note(format!("`{}` uses it", sheet.path)),
        }
    }

    fn help(message: &str) -> &'static str {
        if message.starts_with("Can't find stylesheet") {
            "a sheet can use what stands in `static/` of the site or of its theme; write the path from the file that uses it, or from `static/`"
        } else if message.contains("repetitions") || message.contains("without an end") {
            "see that the condition of the loop, or of the call, comes to an end"
        } else if message.starts_with("Undefined variable") || message.starts_with("There is no module") {
            "say at the top where it comes from: `@use \"tokens\";`, then `tokens.$name`"
        } else {
            "mend the sheet at this line; https://sass-lang.com/documentation says what may be written there"
        }
    }

    /// The byte at a line and a column, both from 0; columns count characters.
    fn offset(text: &str, (line, column): (usize, usize)) -> usize {
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let rest = &text[start.min(text.len())..];
        start + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
    }
}

#[cfg(not(feature = "sass"))]
mod compiler {
    use super::{SheetFile, fault};
    use crate::base::diagnostic::Diagnostic;
    use std::collections::BTreeMap;

    pub fn compile(file: &SheetFile, _: &BTreeMap<&str, &SheetFile>) -> Result<String, Box<Diagnostic>> {
        let message = "this `sowhat` was built without the feature `sass`";
        Err(fault(&file.path, 0..0, message).help("install it with its default features, or write the sheet in CSS").into())
    }
}

#[cfg(feature = "sass")]
#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> Vec<SheetFile> {
        let file = |(path, text): &(&str, &str)| {
            let path = SourcePath::new(path).unwrap();
            let name = path.strip("static").or_else(|| path.strip("themes/t/static")).unwrap();
            SheetFile { name: SourcePath::new(name).unwrap(), text: Arc::new((*text).to_owned()), path: path.clone() }
        };
        files.iter().map(file).collect()
    }

    #[test]
    fn sheets_are_compiled_from_the_files_of_static_alone() {
        let nested = "@use 'tokens';\n.a { &:hover { color: tokens.$ink; } }\n";
        for (given, expected) in [
            (
                vec![("static/css/a.scss", nested), ("static/css/_tokens.scss", "$ink: #123;")],
                vec!["static/css/a.scss .a:hover{color:#123;}"],
            ),
            // The site's own partial in place of the theme's.
            (
                vec![
                    ("static/css/_tokens.scss", "$ink: red;"),
                    ("themes/t/static/css/_tokens.scss", "$ink: #123;"),
                    ("themes/t/static/css/a.scss", nested),
                ],
                vec!["themes/t/static/css/a.scss .a:hover{color:red;}"],
            ),
            // The whole of the theme's sheet is shadowed.
            (vec![("static/a.scss", "a{b:c}"), ("themes/t/static/a.scss", "a{b:d}")], vec!["static/a.scss a{b:c;}"]),
            (vec![("static/a.scss", "@use 'sub/x';"), ("static/sub/_x.sass", "a\n  b: c\n")], vec!["static/a.scss a{b:c;}"]),
            (vec![("static/a/a.scss", "@import '../b';"), ("static/b.css", "b{c:d}")], vec!["static/a/a.scss b{c:d;}"]),
            (vec![("static/a.scss", "@use 'dir';"), ("static/dir/_index.scss", "x{y:z}")], vec!["static/a.scss x{y:z;}"]),
            (
                vec![("static/a.scss", "@use 'sass:math'; a{b:math.div(1,4)} i{content:\"é\"}")],
                vec!["static/a.scss a{b:0.25;}i{content:\"é\";}"],
            ),
            (vec![("static/_only.scss", "a{b:")], vec![]),
        ] {
            let sheets = compile(&files(&given), &Arc::default());
            let made: Vec<String> =
                sheets.css.iter().map(|(path, css)| format!("{path} {}", css.split_whitespace().collect::<String>())).collect();
            assert_eq!(made, expected, "{:?}", sheets.findings);
            assert_eq!(sheets.findings, [], "{given:?}");
        }
    }

    #[test]
    fn faults_stand_where_they_are() {
        let (deep, long) = (format!("{}{}", "a{".repeat(1_000), "}".repeat(1_000)), format!("a{{b:{}1}}", "1+".repeat(40_000)));
        for (given, path, at, message) in [
            (vec![("static/a.scss", "a {\n  ö: $ink;\n}\n")], "static/a.scss", "$ink", "Undefined variable"),
            (vec![("static/a.scss", "@use 'x';"), ("static/_x.scss", "\na { b: 1 + ; }")], "static/_x.scss", "1 + ", "xpected"),
            (vec![("static/a.scss", "@use '../../etc/passwd';")], "static/a.scss", "@use '../../etc/passwd'", "Can't find stylesheet"),
            (vec![("static/a.scss", "@use '/etc/passwd';")], "static/a.scss", "@use '/etc/passwd'", "Can't find stylesheet"),
            (vec![("static/a.scss", "a { b: c")], "static/a.scss", "", "expected \"}\""),
            (
                vec![("static/a.scss", "@mixin m { a { b: c } } @function f() { @return 1 }\na { b: $ink }")],
                "static/a.scss",
                "$ink",
                "Undefined",
            ),
            (vec![("static/a.sass", "=m\n  a\n    b: c\na\n  b: $ink\n")], "static/a.sass", "$ink", "Undefined"),
            (
                vec![("static/a.scss", "$i: 0;\n@while true { $i: $i + 1; }")],
                "static/a.scss",
                "@while true {",
                "more than 2000000 repetitions",
            ),
            (
                vec![("static/a.scss", "@for $i from 1 through 9999 { @each $x in 1 2 { @for $j from 1 through 9999 {} } }")],
                "static/a.scss",
                "@for $j",
                "repetitions",
            ),
            (
                vec![("static/a.scss", "@function f($x) { @return f($x + 1) }\na { b: f(1) }")],
                "static/a.scss",
                "@function f",
                "without an end",
            ),
            (
                vec![("static/a.scss", "@use 'm'; @include m.m"), ("static/_m.sass", "=m\n  @if true\n    +m\n")],
                "static/_m.sass",
                "=m",
                "without an end",
            ),
            (
                vec![("static/a.scss", "@mixin m { @include n { b: c } } @mixin n { @include m; @content } a { @include m }")],
                "static/a.scss",
                "@mixin",
                "without an end",
            ),
            (vec![("static/a.scss", &deep)], "static/a.scss", "", "nested too deep"),
            (vec![("static/a.scss", &long)], "static/a.scss", "", "too long"),
            (vec![("static/a.scss", "@error 'no';")], "static/a.scss", "", "no"),
            (vec![("static/a.css", "a{b:c}"), ("static/a.scss", "a{b:c}")], "static/a.scss", "", "two outputs"),
        ] {
            let files = files(&given);
            let findings = compile(&files, &Arc::default()).findings;
            let [finding] = findings.as_slice() else { panic!("{given:?}: {findings:?}") };
            assert_eq!(finding.place.path.as_str(), path, "{finding:?}");
            let text = &files.iter().find(|file| file.path.as_str() == path).unwrap().text;
            assert!(text[finding.place.start..finding.place.end].starts_with(at), "{finding:?}");
            assert!(finding.message.contains(message) && finding.help.is_some(), "{finding:?}");
        }
    }
}
