//! Content and templates made to hang or crash a build: each is made, or refused with a finding, in
//! bounded time.

use crate::cli::Sandbox;
use crate::fixture::{Made, SITE_TOML, make, rich_site};
use sowhat::world::memory::MemoryWorld;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

/// Far more than any case takes, in a debug build on a busy machine; a hang takes longer still.
const PATIENCE: Duration = Duration::from_secs(90);

fn made_in_time(name: &str, world: MemoryWorld) -> Made {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || sender.send(make(Arc::new(world))));
    receiver.recv_timeout(PATIENCE).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A body in a small site: its page is made, and nothing of ours fails.
fn check_body(name: &str, body: &str) {
    check_page(name, &format!("---\nkind: page\ntitle: Hostile\n---\n\n{body}\n"));
}

fn check_page(name: &str, text: &str) {
    let world = MemoryWorld::new([("content/other.md", "---\nkind: page\ntitle: Other\n---\n\n## Part\n")]);
    world.write("site.toml", SITE_TOML.replace("/essays/", "/hostile/").as_bytes());
    world.write("content/hostile.md", text.as_bytes());
    let made = made_in_time(name, world);
    assert!(made.outputs.contains_key("other/index.html"), "{name}: {}", made.findings);
    assert!(made.outputs["hostile/index.html"].is_ok(), "{name}: {:?}", made.outputs["hostile/index.html"]);
    assert!(!made.findings.contains("internal-error"), "{name}: {}", made.findings);
}

#[test]
fn large_bodies_are_read_in_time() {
    check_body("two megabytes of prose", &"Words that *mean* little, in `great` number, [linked](other.md).\n\n".repeat(30_000));
    check_body("one line", &"word ".repeat(200_000));
    check_body("20,000 links", &"[a](other.md#part) ".repeat(20_000));
    check_body("20,000 broken links", &"[a](othr.md#part) [b](#none) ".repeat(10_000));
    check_body("20,000 headings", &(0..20_000).map(|n| format!("## Part {}\n\n", n % 100)).collect::<String>());
    check_body("20,000 images", &"![a](none.png) ".repeat(20_000));
    let columns = |cell: &str| format!("|{}\n", cell.repeat(2_000));
    check_body("a table of 2,000 columns", &format!("{}{}{}", columns("a|"), columns("-|"), columns("b|").repeat(50)));
    check_body("a short table row times 2,000 columns", &format!("{}{}{}", columns("a|"), columns("-|"), "|b|\n".repeat(500)));
}

#[test]
fn a_table_of_ten_thousand_columns_is_read_in_time() {
    let row = |cell: &str| format!("|{}\n", cell.repeat(10_000));
    check_body("10,000 columns", &format!("{}{}{}", row("a|"), row("-|"), row("b|").repeat(3)));
}

#[test]
fn a_hundred_thousand_links_are_checked_in_time() {
    check_body("100,000 links", &"[a](other.md#part) ".repeat(100_000));
}

/// No page is made of it, which no browser would show either; the rest of the site is.
#[test]
fn a_file_of_fifty_megabytes_is_read_in_time() {
    let world = rich_site();
    let paragraph = format!("{}\n\n", "A word or two of many. ".repeat(400));
    let text = format!("---\nkind: page\ntitle: Hostile\n---\n\n{}", paragraph.repeat((50 << 20) / paragraph.len()));
    world.write("content/hostile.md", text.as_bytes());
    let made = made_in_time("fifty megabytes", world);
    assert!(made.outputs["about/index.html"].is_ok(), "{}", made.findings);
    assert!(!made.findings.contains("internal-error"), "{}", made.findings);
}

#[test]
fn deep_nesting_is_read_in_time() {
    check_body("quotes", &">".repeat(5_000));
    check_body("quotes and lists", &format!("{}x", "> - ".repeat(1_000)));
    check_body("lists", &(0..500).map(|n| format!("{}- a\n", "  ".repeat(n))).collect::<String>());
    check_body("lists on one line", &format!("{}x", "- ".repeat(5_000)));
    check_body("brackets", &format!("{}x{}", "[".repeat(20_000), "]".repeat(20_000)));
    check_body("links in images", &format!("{}x{}", "![".repeat(5_000), "](other.md)".repeat(5_000)));
    check_body("emphasis", &format!("{}x{}", "*a ".repeat(20_000), " b*".repeat(20_000)));
    check_body("mixed emphasis", &"*_~~".repeat(10_000));
    check_body("back-ticks", &(1..400).map(|n| format!("{} a ", "`".repeat(n))).collect::<String>());
    check_body("open tags", &"<div>\n\n".repeat(3_000));
    check_body("half tags", &"<a href=\"".repeat(20_000));
    check_body("comments", &"<!-- ".repeat(20_000));
    check_body("entities", &"&amp;&#x41;&".repeat(20_000));
    check_body(
        "directives",
        &format!(
            "{}text\n{}",
            (0..200).map(|n| format!("{}callout\n", ":".repeat(203 - n))).collect::<String>(),
            (0..200).map(|n| format!("{}\n", ":".repeat(4 + n))).collect::<String>()
        ),
    );
    check_body("open directives", &":::callout\n".repeat(5_000));
    check_body("leaf directives", &"::callout{title=\"x\"}\n\n".repeat(2_000));
    check_body("odd colons", &format!("{}\n", ":".repeat(100_000)));
    check_body("directive parameters", &format!(":::callout{{{}}}\n:::\n", "title=\"x\" ".repeat(5_000)));
}

#[test]
fn references_are_resolved_in_time() {
    let notes = |n: usize| (0..n).map(|n| format!("[^n{n}]: Note {n}\n\n")).collect::<String>();
    check_body("footnotes", &format!("{}\n\n{}", (0..3_000).map(|n| format!("x[^n{n}] ")).collect::<String>(), notes(3_000)));
    check_body("one footnote, often", &format!("{}\n\n{}", "x[^n0] ".repeat(10_000), notes(1)));
    check_body("unknown citations", &(0..5_000).map(|n| format!("x[^n{n}] ")).collect::<String>());
    check_body("footnotes in footnotes", &(0..1_000).map(|n| format!("[^n{n}]: See [^n{}]\n\n", n + 1)).collect::<String>());
    check_body(
        "links to footnotes",
        &format!("{}\n\n{}", (0..2_000).map(|n| format!("x[^n{n}] [y](#fn-n{n}) ")).collect::<String>(), notes(2_000)),
    );
    check_body("reference definitions", &format!("{}\n\n{}", "[a] ".repeat(5_000), "[a]: other.md\n".repeat(5_000)));
    check_body("references that grow", &format!("[a]: /{}\n\n{}", "x".repeat(20_000), "[a]".repeat(3_000)));
    let sources = (0..1_500).map(|n| format!("  s{n}: {{ title: Source {n} }}\n")).collect::<String>();
    let cites = (0..1_500).map(|n| format!("x[^s{n}] ")).collect::<String>();
    check_page("sources", &format!("---\nkind: page\ntitle: Hostile\nsources:\n{sources}---\n\n{cites}\n"));
}

#[test]
fn code_is_coloured_in_time() {
    check_body("one long line", &format!("```rust\n{}\n```\n", "let x = \"a\"; ".repeat(5_000)));
    check_body("brackets", &format!("```javascript\n{}\n```\n", "([{".repeat(3_000)));
    check_body("quotes", &format!("```python\n{}\n```\n", "'\"\\".repeat(3_000)));
    check_body("many blocks", &"```json\n{\"a\": 1}\n```\n\n".repeat(500));
    check_body("unknown languages", &(0..500).map(|n| format!("```lang{n}\nx\n```\n\n")).collect::<String>());
}

#[test]
fn headers_made_to_explode_are_findings() {
    let bomb = (1..12).fold("a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned(), |text, n| {
        format!("{text}a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", "))
    });
    for (name, header, word) in [
        ("aliases", bomb, "front-matter"),
        ("depth", format!("extra: {}1{}\n", "[".repeat(20_000), "]".repeat(20_000)), "front-matter"),
        ("block depth", format!("extra:\n{}", (1..3_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect::<String>()), "front-matter"),
        ("self", "extra: &a [*a]\n".to_owned(), "front-matter"),
        ("merge", "extra: &a { <<: *a }\n".to_owned(), "front-matter"),
        ("keys", (0..3_000).map(|n| format!("key{n}: {n}\n")).collect(), "front-matter-unknown-key"),
        ("same keys", "title: x\n".repeat(5_000), "front-matter"),
        ("list", format!("topics: [{}]\n", "a, ".repeat(15_000)), ""),
        ("number", format!("weight: {}\n", "9".repeat(5_000)), "front-matter"),
        ("tag", "extra: !!python/object/apply:os.system [id]\n".to_owned(), ""),
        ("size", format!("description: {}\n", "x".repeat(1 << 20)), "front-matter-too-large"),
        ("open quote", format!("title: \"{}\n", "x".repeat(50_000)), "front-matter"),
    ] {
        let world = rich_site();
        world.write("content/hostile.md", format!("---\n{header}---\n\nText.\n").as_bytes());
        let made = made_in_time(name, world);
        assert!(made.findings.contains(word), "{name}: {}", made.findings);
        assert!(made.outputs.contains_key("about/index.html"), "{name}: {}", made.findings);
        assert!(!made.findings.contains("internal-error"), "{name}: {}", made.findings);
    }
}

#[test]
fn bytes_that_are_no_text_are_findings() {
    for bytes in [
        &b"\xff\xfe\x00"[..],
        b"---\ntitle: \xff\n---\n",
        b"\0\0\0",
        b"---",
        b"---\n",
        b"\xef\xbb\xbf---\nkind: page\ntitle: B\n---\n",
        b"",
    ] {
        let world = rich_site();
        world.write("content/hostile.md", bytes);
        world.write("content/essays/two/photo.png", bytes);
        let made = made_in_time("bytes", world);
        assert!(made.outputs.contains_key("about/index.html") && !made.findings.contains("internal-error"), "{bytes:?}: {}", made.findings);
    }
}

/// What Tera stops by itself, and one limit that is ours: how much a page may hold.
#[test]
fn templates_that_run_away_are_findings() {
    let loops = |depth: usize, body: &str| {
        let (open, close) = ("{% for i in range(end=100000) %}".repeat(depth), "{% endfor %}".repeat(depth));
        format!("{open}{body}{close}")
    };
    for (name, templates, word) in [
        ("an endless page", vec![("templates/page.html", loops(2, &"x".repeat(20_000)))], "writes more than 64 MB"),
        (
            "too long a range",
            vec![("templates/page.html", "{% for i in range(end=1000000000) %}x{% endfor %}".to_owned())],
            "exceeds the limit",
        ),
        ("includes itself", vec![("templates/page.html", "{% include \"page.html\" %}".to_owned())], "includes itself"),
        (
            "includes in a circle",
            vec![
                ("templates/page.html", "{% include \"x.html\" %}".to_owned()),
                ("templates/x.html", "{% include \"page.html\" %}".to_owned()),
            ],
            "includes itself",
        ),
        ("extends itself", vec![("templates/page.html", "{% extends \"page.html\" %}".to_owned())], "extends itself"),
        ("extends nothing", vec![("templates/page.html", "{% extends \"none.html\" %}".to_owned())], "does not exist"),
        (
            "a component in itself",
            vec![("templates/page.html", "{% component again() %}{{ <again()/> }}{% endcomponent again %}{{ <again()/> }}".to_owned())],
            "template-error",
        ),
        (
            "deep expressions",
            vec![("templates/page.html", format!("{{{{ {}1{} }}}}", "(".repeat(5_000), ")".repeat(5_000)))],
            "template-error",
        ),
        (
            "deep blocks",
            vec![("templates/page.html", format!("{}x{}", "{% if true %}".repeat(5_000), "{% endif %}".repeat(5_000)))],
            "template-error",
        ),
        (
            "a chain of questions",
            vec![("templates/page.html", format!("{{% if false %}}{}{{% endif %}}", "{% elif false %}".repeat(100_000)))],
            "more than 200 `elif`",
        ),
        (
            "a long chain of questions",
            vec![("templates/page.html", format!("{{% if false %}}{}.{{% endif %}}", "{% elif false %}".repeat(200)))],
            "",
        ),
        ("an odd filter", vec![("templates/page.html", "{{ site.title | date }}".to_owned())], "template-error"),
        ("an odd format", vec![("templates/page.html", "{{ \"2026-01-01\" | date(format=\"%Q\") }}".to_owned())], "template-error"),
        ("an odd asset", vec![("templates/page.html", "{{ asset(path=\"../../etc/passwd\") }}".to_owned())], "there is no asset"),
        (
            "a directive that includes itself",
            vec![("templates/directives/callout.html", "{% include \"directives/callout.html\" %}".to_owned())],
            "template-error",
        ),
        ("a directive's error", vec![("templates/directives/callout.html", "{{ title | nothing }}".to_owned())], "template-error"),
    ] {
        let world = rich_site();
        for (path, text) in &templates {
            world.write(path, text.as_bytes());
        }
        let made = made_in_time(name, world);
        assert!(made.findings.contains(word), "{name}: no {word:?} in {}", &made.findings[..made.findings.len().min(3_000)]);
        assert!(!made.findings.contains("internal-error"), "{name}");
    }
}

/// Tera 2.4 bounds one `range` (100,000) and the depth of components (20), not the work of a template: what is
/// still at one output after a time ends the run, which names it and leaves the old site as it was.
#[test]
fn templates_that_never_end_end_the_run() {
    let range = "{% for i in range(end=100000) %}";
    let loops = |open: &str, body: &str| format!("{}{body}{}", open.repeat(4), "{% endfor %}".repeat(4));
    let again = "{{ <again n={n - 1} /> }}".repeat(9);
    let again =
        format!("{{% component again(n) %}}{{% if n > 0 %}}{again}{{% endif %}}{{% endcomponent again %}}{{{{ <again n={{18}} /> }}}}");
    let (lists, nested) =
        (loops("{% for key, value in page %}{% for key, value in page %}", ""), "[[i for i in range(end=1000)] for j in range(end=1000)]");
    let lists = lists.replace("{% endfor %}", "{% endfor %}{% endfor %}");
    for (name, template, text, made) in [
        ("loops that write nothing", "page.html", loops(range, ""), "about/index.html"),
        ("loops over what there is", "page.html", lists, "about/index.html"),
        ("lists of lists", "page.html", format!("{range}{{% set x = {nested} %}}{{% endfor %}}"), "about/index.html"),
        ("components in themselves", "page.html", again, "about/index.html"),
        ("a directive", "directives/callout.html", loops(range, ""), "about/index.html"),
        ("a card", "card.svg", loops(range, ""), "essay/card.png"),
    ] {
        let sandbox = looping_site(template, &text);
        let command = if name.starts_with("a ") { "check" } else { "build" };
        let ran = sandbox.run(&[command, "--time-limit", "1"]).expect(2);
        let ran = ran.says(&format!("`{made}")).says("was not made within 1 s").says(&format!("`{template}` is still being rendered"));
        let ran = ran.says("--time-limit 5").lacks("panicked");
        assert_eq!(ran.all().contains("nothing was written, and public/ stands as it was"), command == "build", "{}", ran.all());
        assert_eq!(sandbox.read("public/index.html"), "old", "{name}");
        let left: Vec<_> = std::fs::read_dir(sandbox.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| !name.to_string_lossy().contains("next")), "{name}: {left:?}");
    }
}

/// A loop that makes a value longer and longer would take the machine's memory long before its time is over.
#[test]
fn templates_that_take_all_memory_end_the_run() {
    let range = "{% for i in range(end=100000) %}";
    for (name, text) in [
        ("a value that doubles", "{% set a = \"xxxxxxxx\" %}{% for i in range(end=60) %}{% set_global a = a ~ a %}{% endfor %}".to_owned()),
        ("a block that is kept", format!("{{% set a %}}{range}{range}{}{{% endfor %}}{{% endfor %}}{{% endset %}}", "x".repeat(500))),
        ("a list of lists", format!("{{% set a = [[i for i in {0}] for j in {0}] %}}", "range(end=100000)")),
    ] {
        let sandbox = looping_site("page.html", &text);
        let ran = sandbox.run(&["build", "--memory-limit", "400"]).expect(2).says("more than 400 MB of memory");
        let ran = ran.says("`about/index.html` (`page.html`)").says("public/ stands as it was").says("--memory-limit 800");
        ran.lacks("panicked").lacks("allocation");
        assert_eq!(sandbox.read("public/index.html"), "old", "{name}");
    }
}

/// What does more and more between two steps ends the run, as a template does.
#[test]
fn sheets_that_take_too_long_end_the_run() {
    let selectors = format!("{}e:f{}", "a,b{".repeat(50), "}".repeat(50));
    for (sheet, limit) in [("$l: (); @while true { $l: append($l, 1); }", "--time-limit=1"), (&selectors, "--memory-limit=400")] {
        let sandbox = looping_site("page.html", "");
        std::fs::create_dir_all(sandbox.path("static/css")).unwrap();
        std::fs::write(sandbox.path("static/css/hostile.scss"), sheet).unwrap();
        let ran = sandbox.run(&["build", limit]).expect(2).says("`css/hostile.scss`").says("public/ stands as it was");
        ran.says(limit.split('=').next().unwrap()).lacks("panicked");
        assert_eq!(sandbox.read("public/index.html"), "old", "{sheet}");
    }
}

/// A small site that was built once and now has this template.
fn looping_site(template: &str, text: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    let write = |path: &str, text: &str| {
        let path = sandbox.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("site.toml", "title = \"T\"\nbase_url = \"https://t.example/\"\n");
    write("content/about.md", "---\nkind: page\ntitle: About\n---\n\n:::callout{title=\"x\"}\nText.\n:::\n");
    write("content/essay.md", "---\ntitle: An essay\n---\n\nText.\n");
    write("public/index.html", "old");
    write(&format!("templates/{template}"), text);
    sandbox
}

/// The compiler of sheets has no bounds of its own: loops and calls are counted for it, depths looked at before.
#[test]
fn sheets_that_never_end_are_findings() {
    let long = |part: &str, end: &str| format!("a{{b:{}{end}}}", part.repeat(60_000 / part.len()));
    let chain = format!("@if $x == 0 {{}} {}", (0..2_000).map(|n| format!("@else if $x == {n} {{}} ")).collect::<String>());
    for (name, sheet, word) in [
        ("a loop", "@while true {}".to_owned(), "repetitions"),
        ("loops in loops", "@for $i from 1 to 99999 { @for $j from 1 to 99999 {} }".to_owned(), "repetitions"),
        ("a function that calls itself", "@function f() { @return f(); } a { b: f() }".to_owned(), "without an end"),
        ("a mixin that calls itself", "@mixin m { @include m; } a { @include m }".to_owned(), "without an end"),
        (
            "functions that call each other",
            "@function f() { @return g(); } @function g() { @return f(); } a { b: f() }".to_owned(),
            "without an end",
        ),
        ("calls by name", "@function f() { @return call(get-function(\"f\")); } a { b: f() }".to_owned(), "without an end"),
        (
            "many calls",
            "@function f($n) { @if $n == 0 { @return 0 } @return f($n - 1) + f($n - 1) } a { b: f(50) }".to_owned(),
            "repetitions",
        ),
        ("imports itself", "@import \"hostile\";".to_owned(), "sass-error"),
        ("uses itself", "@use \"hostile\";".to_owned(), "sass-error"),
        ("deep rules", format!("{}{}", "a{".repeat(20_000), "}".repeat(20_000)), "nested too deep"),
        ("deep brackets", format!("a{{b:{}1{}}}", "(".repeat(20_000), ")".repeat(20_000)), "nested too deep"),
        ("a sum", long("1+", "1"), ""),
        ("signs", long("- ", "1"), ""),
        ("negations", long("not ", "1"), ""),
        ("a list", long("a,", "a"), ""),
        ("a selector", format!("{}{{b:c}}", "a>".repeat(20_000)), ""),
        ("a chain", format!("$x: -1;\n{chain}"), ""),
        ("a sum without an end", format!("a{{b:{}1}}", "1+".repeat(500_000)), "too long"),
        ("half a sheet", "@mixin a { @while #{\"#{".to_owned(), "sass-error"),
    ] {
        let world = rich_site();
        world.write("static/css/hostile.scss", sheet.as_bytes());
        let made = made_in_time(name, world);
        assert!(made.findings.contains(word), "{name}: no {word:?} in {}", &made.findings[..made.findings.len().min(3_000)]);
        assert!(made.outputs["about/index.html"].is_ok() && !made.findings.contains("compiler itself failed"), "{name}: {}", made.findings);
    }
}

/// Links and lists that somebody planted where the build writes: what they lead to stands as it stood.
#[test]
fn what_is_planted_in_the_way_leads_no_write_outside() {
    let image = include_bytes!("../../fuzz/corpus/image/whole.jpg");
    for (name, planted) in [
        ("public", Planted::Link("outside")),
        ("public/about", Planted::Link("../outside")),
        ("public/about/index.html", Planted::Link("../../outside/kept.txt")),
        ("public/index.html", Planted::Link("../outside/kept.txt")),
        (".public.sowhat-next", Planted::Link("outside")),
        (".public.sowhat-next", Planted::Link("outside/kept.txt")),
        (".public.sowhat-old", Planted::Link("outside")),
        (".public.sowhat-spare", Planted::Link("outside")),
        (".sowhat/spare", Planted::Link("../outside")),
        (".sowhat", Planted::Link("outside")),
        (".sowhat/.gitignore", Planted::Link("../outside/new.txt")),
        ("report", Planted::Link("outside")),
        ("report/index.html", Planted::Link("../outside/kept.txt")),
        ("report/.index.html.sowhat-next", Planted::Link("../outside/kept.txt")),
        (".baseline.json.sowhat-next", Planted::Link("outside/new.txt")),
        (".sowhat/cache", Planted::Link("../outside")),
        (".sowhat/cache/images", Planted::Link("../../outside")),
        ("public/.sowhat-manifest", Planted::Text("# Files\n../outside/kept.txt\n/outside/kept.txt\nx/../../outside/kept.txt\n.\n..\n")),
    ] {
        let sandbox = looping_site("page.html", "{{ page.body }}");
        let site = sandbox.path("site");
        std::fs::create_dir(&site).unwrap();
        for part in ["site.toml", "content", "templates"] {
            std::fs::rename(sandbox.path(part), site.join(part)).unwrap();
        }
        std::fs::remove_file(site.join("content/essay.md")).unwrap();
        std::fs::write(site.join("content/photo.jpg"), image).unwrap();
        std::fs::write(site.join("content/about.md"), "---\nkind: page\ntitle: About\n---\n\n![A photo](photo.jpg)\n").unwrap();
        // In the site and out of its output; out of the site is led to by the same ways.
        for outside in ["site/outside", "outside"] {
            std::fs::create_dir(sandbox.path(outside)).unwrap();
            std::fs::write(sandbox.path(outside).join("kept.txt"), "kept").unwrap();
        }
        for up in ["", "../"] {
            let place = site.join(name);
            let _ = std::fs::remove_dir_all(site.join(name.split('/').next().unwrap()));
            let _ = std::fs::remove_file(site.join(name.split('/').next().unwrap()));
            std::fs::create_dir_all(place.parent().unwrap()).unwrap();
            match planted {
                Planted::Link(to) => std::os::unix::fs::symlink(format!("{up}{to}"), &place).unwrap(),
                Planted::Text(text) => std::fs::write(&place, text).unwrap(),
            }
            let ran = sandbox.run(&["-r", "site", "build"]);
            assert!(ran.code == Some(0) || ran.code == Some(2), "{name}: {}", ran.all());
            sandbox.run(&["-r", "site", "report"]).expect(if name == "report" { 2 } else { 0 });
            sandbox.run(&["-r", "site", "check", "--write-baseline", "site/baseline.json"]).expect(0);
            for outside in ["site/outside", "outside"] {
                let stands: Vec<_> = std::fs::read_dir(sandbox.path(outside)).unwrap().map(|entry| entry.unwrap().file_name()).collect();
                assert_eq!(stands, ["kept.txt"], "{name}: {}", ran.all());
                assert_eq!(sandbox.read(&format!("{outside}/kept.txt")), "kept", "{name}: {}", ran.all());
            }
        }
    }
}

/// What stands where the build would write.
#[derive(Debug, Clone, Copy)]
enum Planted {
    Link(&'static str),
    Text(&'static str),
}

/// What an author writes reaches pages, feeds and data blocks as text.
#[test]
fn titles_and_slots_are_escaped_everywhere() {
    const ATTACK: &str = "</title></script>]]><img src=x onerror=alert(1)>\\\"'&";
    let world = rich_site();
    let quoted = ATTACK.replace('\\', "\\\\").replace('"', "\\\"");
    let front = ["title", "description", "so_what", "guidance"].map(|key| format!("{key}: \"{quoted}\"\n")).concat();
    let text = format!(
        "---\n{front}date: 2026-11-21\nauthors: [ada]\naudience: {{ role: \"{quoted}\", at: \"{quoted}\" }}\ntopics: [\"{quoted}\"]\nsources: {{ s: {{ title: \"{quoted}\", url: \"javascript:alert(1)\" }} }}\n---\n\nText.[^s]\n"
    );
    world.write("content/essays/attack.md", text.as_bytes());
    let made = made_in_time("attack", world);
    let pages = made.outputs.iter().filter(|(path, _)| [".html", ".xml", ".json"].iter().any(|extension| path.ends_with(extension)));
    for (path, bytes) in pages {
        let Ok(bytes) = bytes else { panic!("{path}: {bytes:?}") };
        let text = String::from_utf8_lossy(bytes);
        // JSON is data: who shows it sets text, and the content type lets no browser take it for a page.
        let is_raw = text.contains("<img src=x onerror") && !path.ends_with(".json");
        assert!(!is_raw, "{path}: {text}");
    }
    assert!(made.findings.contains("`javascript:alert(1)` is not the address of a web page"), "{}", made.findings);
    assert!(made.text("essays/attack/index.html").contains("&lt;img src=x onerror"));
}

/// Images that would fill the memory if somebody drew them, and drawings that run scripts: what is known of
/// an image is read from its head, and a drawing is never part of a page.
#[test]
fn image_bombs_and_drawings_with_scripts_do_no_harm() {
    let png = |width: u32, height: u32| {
        let head = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &width.to_be_bytes(), &height.to_be_bytes(), b"\x08\x06\0\0\0"].concat();
        [head, vec![0; 64]].concat()
    };
    let entities = (1..20).map(|n| format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10))).collect::<String>();
    let laughs = format!("<!DOCTYPE svg [<!ENTITY a0 \"ha\">{entities}]><svg width=\"&a19;\" height=\"3\"><text>&a19;</text></svg>");
    let script = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\" onload=\"steal()\"><script>steal()</script></svg>";
    for (name, file, bytes) in [
        ("pixels without end", "bomb.png", png(u32::MAX, u32::MAX)),
        ("pixels that overflow", "bomb.png", png(65_535, 65_535)),
        ("no pixels", "bomb.png", png(0, 0)),
        ("half a head", "bomb.png", png(4, 3)[..20].to_vec()),
        ("segments without end", "bomb.jpg", [&b"\xff\xd8"[..], &b"\xff\xe0\x00\x02".repeat(100_000)].concat()),
        ("a segment of no length", "bomb.jpg", b"\xff\xd8\xff\xe0\x00\x00\xff\xe0".to_vec()),
        (
            "boxes in boxes",
            "bomb.avif",
            [&b"\0\0\0\x18ftypavif\0\0\0\0avifmif1"[..], &b"\xff\xff\xff\xffmeta\0\0\0\0".repeat(5_000)].concat(),
        ),
        ("a box of no length", "bomb.avif", [&b"\0\0\0\x18ftypavif\0\0\0\0avifmif1"[..], &b"\0\0\0\0meta"[..]].concat()),
        ("a chunk that overflows", "bomb.webp", b"RIFF\xff\xff\xff\xffWEBPVP8X\xff\xff\xff\xff\0\0\0\0\xff\xff\xff\xff\xff\xff".to_vec()),
        ("a gif of nothing", "bomb.gif", b"GIF89a\xff\xff\xff\xff".to_vec()),
        ("a billion laughs", "bomb.svg", laughs.into_bytes()),
        ("a drawing with a script", "bomb.svg", script.as_bytes().to_vec()),
    ] {
        let world = rich_site();
        world.write(&format!("content/hostile/{file}"), &bytes);
        let text = format!("---\nkind: page\ntitle: Hostile\nimage: {file}\nimage_alt: A bomb\n---\n\n![A bomb]({file})\n");
        world.write("content/hostile/index.md", text.as_bytes());
        let made = made_in_time(name, world);
        assert!(!made.findings.contains("internal-error"), "{name}: {}", made.findings);
        let page = made.text("hostile/index.html");
        assert!(page.contains("<img") && !page.contains("steal()") && page.len() < 200_000, "{name}: {page}");
    }
}

/// Formulae that a spreadsheet would run: a table of the author's goes out as it came in and is never quoted
/// into a file of ours as the start of a cell.
#[test]
fn csv_formulae_stay_where_the_author_put_them() {
    let formulae = "name,value\n=cmd|' /C calc'!A0,@SUM(1+1)\n+1,-2+3\n\t=1,\"=HYPERLINK(\"\"https://evil.example\"\")\"\n";
    let world = rich_site();
    world.write("content/essays/two/sheet.csv", formulae.as_bytes());
    let piece = crate::fixture::ONE.replace("title: Price the outcome", "title: \"=cmd|' /C calc'!A0\"");
    world.write("content/essays/one.md", piece.as_bytes());
    let made = made_in_time("formulae", world);
    assert_eq!(made.text("essays/two/sheet.csv"), formulae, "{}", made.findings);
    for (path, bytes) in made.outputs.iter().filter(|(path, _)| path.ends_with(".csv") && *path != "essays/two/sheet.csv") {
        let text = String::from_utf8_lossy(bytes.as_ref().unwrap());
        // A negative number is no formula.
        let is_formula = |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t']) && cell.parse::<f64>().is_err();
        let runs = text.lines().flat_map(|line| line.split(',')).any(|cell| is_formula(cell.trim_start_matches('"')));
        assert!(!runs, "{path} has a cell that a spreadsheet runs: {text}");
    }
}
