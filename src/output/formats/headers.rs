//! `_headers`: what hosts that read the file (Netlify, Cloudflare Pages) send with each path.
//!
//! The Content-Security-Policy forbids whatever the pages do not need: no inline script or style, and
//! images from elsewhere only where a piece shows one. `[headers]` in `site.toml` overrides by name.

use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::UrlPath;
use crate::config::feeds::FeedFormat;
use crate::model::{Frame, Site, Taxonomy};
use crate::output::plan::Planner;
use crate::output::{Output, Produced, Subject, Workshop};
use crate::parse::{Link, LinkKind};
use crate::render::makers::frame_origin;
use std::collections::{BTreeMap, BTreeSet};

/// See the module.
pub struct Headers;

const FILE_NAME: &str = "_headers";

/// The longest line that Cloudflare Pages reads.
const LINE_LIMIT: usize = 2_000;

/// Rules for single files beside those for folders: Cloudflare Pages reads 100 rules in all. A file
/// without a rule is asked for again at each visit, which is slower and not wrong.
const FILE_RULES: usize = 60;

const IMMUTABLE: (&str, &str) = ("Cache-Control", "public, max-age=31536000, immutable");

/// What hosts do not know by the ending alone.
const CONTENT_TYPES: [(&str, &str); 5] = [
    (FeedFormat::Atom.file_name(), "application/atom+xml; charset=utf-8"),
    (FeedFormat::Rss.file_name(), "application/rss+xml; charset=utf-8"),
    (FeedFormat::Json.file_name(), "application/feed+json; charset=utf-8"),
    ("index.md", "text/markdown; charset=utf-8"),
    ("actions.ics", "text/calendar; charset=utf-8"),
];

impl Output for Headers {
    fn name(&self) -> &'static str {
        "headers"
    }

    fn plan(&self, frame: &Frame, planner: &mut Planner<'_>) {
        if !super::is_own_file(frame, FILE_NAME) {
            planner.add_root(FILE_NAME, Subject::Single);
        }
    }

    fn produce(&self, _subject: &Subject, workshop: &Workshop<'_>) -> Result<Produced, Vec<Diagnostic>> {
        write(workshop.site).map(|text| Produced::Bytes(text.into_bytes()))
    }
}

fn write(site: &Site) -> Result<String, Vec<Diagnostic>> {
    let mut text = String::new();
    let mut rule = |path: &str, headers: &[(&str, &str)]| {
        text.push_str(path);
        text.push('\n');
        headers.iter().for_each(|(name, value)| text.push_str(&format!("  {name}: {value}\n")));
    };
    let everywhere = everywhere(site)?;
    let root = pattern(site, "/");
    rule(&format!("{root}*"), &everywhere.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>());
    for (file_name, content_type) in CONTENT_TYPES {
        // One pattern for the root's own file and one for all others: `*` stands for whole segments.
        rule(&format!("{root}{file_name}"), &[("Content-Type", content_type)]);
        rule(&format!("{root}*/{file_name}"), &[("Content-Type", content_type)]);
    }
    for path in immutable(site) {
        rule(&path, &[IMMUTABLE]);
    }
    Ok(text)
}

/// The headers of every path: ours, each overridden by the site's own of that name.
fn everywhere(site: &Site) -> Result<Vec<(String, String)>, Vec<Diagnostic>> {
    let mut headers = vec![
        ("Content-Security-Policy".to_owned(), content_security_policy(site)),
        ("X-Content-Type-Options".to_owned(), "nosniff".to_owned()),
        ("Referrer-Policy".to_owned(), "strict-origin-when-cross-origin".to_owned()),
        ("Permissions-Policy".to_owned(), "camera=(), geolocation=(), microphone=(), payment=(), usb=()".to_owned()),
    ];
    let mut findings = Vec::new();
    for (name, value) in &site.config.headers {
        let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        if name.value.is_empty() || !name.value.chars().all(is_token) {
            let message = format!("`{}` is not the name of a header", name.value.escape_debug());
            findings.push(Diagnostic::error("header-invalid", Place::new(&site.config.path, name.range.clone()), message));
        } else if value.value.contains(char::is_control) {
            let place = Place::new(&site.config.path, value.range.clone());
            findings.push(Diagnostic::error("header-invalid", place, format!("the value of `{}` is not one line", name.value)));
        } else {
            headers.retain(|(known, _)| !known.eq_ignore_ascii_case(&name.value));
            headers.push((name.value.clone(), value.value.trim().to_owned()));
        }
    }
    // An empty value takes a header away.
    headers.retain(|(_, value)| !value.is_empty());
    if findings.is_empty() { Ok(headers) } else { Err(findings) }
}

fn content_security_policy(site: &Site) -> String {
    let origins: BTreeSet<String> = shown_links(site).filter_map(image_origin).collect();
    let frames: BTreeSet<String> =
        site.pages.iter().filter(|page| !page.is_gated()).flat_map(|page| &page.document.directives).filter_map(frame_origin).collect();
    let policy = |images: &str, frames: &str| {
        let frames = if frames.is_empty() { String::new() } else { format!("frame-src{frames}; ") };
        format!(
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:{images}; font-src 'self'; \
             media-src 'self'; connect-src 'self'; manifest-src 'self'; {frames}form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
    };
    let listed = |origins: &BTreeSet<String>| origins.iter().map(|origin| format!(" {origin}")).collect::<String>();
    let full = policy(&listed(&origins), &listed(&frames));
    let fits = |policy: &str| policy.len() + "  Content-Security-Policy: ".len() <= LINE_LIMIT;
    let of_any = |origins: &BTreeSet<String>| if origins.is_empty() { "" } else { " https:" };
    if fits(&full) { full } else { policy(of_any(&origins), of_any(&frames)) }
}

/// The links of all bodies that are in the output: a gated body's must not show even here.
fn shown_links(site: &Site) -> impl Iterator<Item = &Link> {
    site.pages.iter().filter(|page| !page.is_gated()).flat_map(|page| &page.document.links)
}

/// `https://images.example.org` of an image that is on another host.
fn image_origin(link: &Link) -> Option<String> {
    let rest = match link.kind {
        LinkKind::Link => None,
        LinkKind::Image => link.destination.trim().strip_prefix("https://").or_else(|| link.destination.trim().strip_prefix("//")),
    }?;
    let host = rest.split(['/', '?', '#']).next()?.to_ascii_lowercase();
    let is_plain = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:".contains(c));
    is_plain.then(|| format!("https://{host}"))
}

/// The paths whose bytes never change, for their name holds their fingerprint: whole folders where
/// nothing else stands in them, else single files.
fn immutable(site: &Site) -> Vec<String> {
    let top = |url: &UrlPath| url.as_str().split('/').nth(1).unwrap_or_default().to_owned();
    let is_named_by_bytes = |key: &UrlPath, output: &UrlPath| key != output;
    let pages = site.pages.iter().flat_map(|page| page.aliases.iter().chain([&page.url])).map(top);
    let plain_files = site.assets.iter().filter(|(key, asset)| !is_named_by_bytes(key, &asset.output)).map(|(key, _)| top(key));
    let lists = Taxonomy::ALL.map(|taxonomy| taxonomy.segment().to_owned());
    let mixed: BTreeSet<String> = pages.chain(plain_files).chain(lists).collect();
    let mut by_folder: BTreeMap<String, Vec<&UrlPath>> = BTreeMap::new();
    for (_, asset) in site.assets.iter().filter(|(key, asset)| is_named_by_bytes(key, &asset.output)) {
        let copies = asset.picture.iter().flat_map(|picture| picture.copies.iter().map(|copy| &copy.output));
        by_folder.entry(top(&asset.output)).or_default().extend([&asset.output].into_iter().chain(copies));
    }
    let (mut folders, mut files) = (Vec::new(), Vec::new());
    for (folder, outputs) in by_folder {
        let is_folder = outputs.iter().all(|output| output.as_str()[1..].contains('/'));
        if is_folder && !mixed.contains(&folder) {
            folders.push(format!("{}*", pattern(site, &format!("/{folder}/"))));
        } else {
            files.extend(outputs.iter().map(|output| pattern(site, output.as_str())));
        }
    }
    files.truncate(FILE_RULES);
    folders.extend(files);
    folders
}

/// A site path from the host's root, as the file's syntax wants it.
fn pattern(site: &Site, path: &str) -> String {
    super::literal_pattern(&site.config.base_url.href(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::OutputPath;
    use crate::model::testing::{asset, edit_document, gate, piece, site, slot};
    use std::sync::Arc;

    fn image(destination: &str) -> Link {
        Link { kind: LinkKind::Image, destination: destination.to_owned(), text: String::new(), range: 0..0 }
    }

    fn small_site() -> Site {
        let mut open = piece("content/insights/a.md", "A", "2026-11-02", "");
        let mut gated = piece("content/insights/b.md", "B", "2026-11-02", "");
        for (page, host) in [(&mut open, "Images.example.org"), (&mut gated, "secret.example.org")] {
            edit_document(page, |document| {
                document.links = vec![
                    image(&format!("https://{host}/a.png")),
                    image("https://evil;script-src/x.png"),
                    image("http://plain.example.org/b.png"),
                ];
            });
        }
        gate(&mut gated, "https://forms.example.org/", "The abstract");
        let mut site = site("https://example.com/base", vec![open, gated]);
        for (key, output) in [
            ("css/main.css", "css/main.0a1b2c3d.css"),
            ("insights/a/chart.svg", "insights/a/chart.0a1b2c3d.svg"),
            ("app.js", "app.0a1b2c3d.js"),
            ("img/logo.svg", "img/logo.svg"),
            ("img/photo.jpg", "img/photo.0a1b2c3d.jpg"),
        ] {
            let source = format!("static/{key}");
            std::sync::Arc::make_mut(&mut site.assets).insert(UrlPath::file(&OutputPath::new(key).unwrap()), asset(&source, output));
        }
        site
    }

    #[test]
    fn only_what_open_bodies_show_is_let_in() {
        let policy = content_security_policy(&small_site());
        assert!(policy.contains("img-src 'self' data: https://images.example.org; "), "{policy}");
        for absent in ["secret", "evil", "plain", "unsafe"] {
            assert!(!policy.contains(absent), "{absent}: {policy}");
        }
    }

    #[test]
    fn a_policy_that_no_host_would_read_lets_all_secure_images_in() {
        let mut site = small_site();
        edit_document(&mut site.pages[0], |document| {
            document.links = (0..100).map(|idx| image(&format!("https://host-{idx}.example.org/"))).collect();
        });
        let policy = content_security_policy(&site);
        assert!(policy.contains("data: https:;") && policy.len() < LINE_LIMIT, "{policy}");
    }

    #[test]
    fn folders_of_fingerprinted_files_have_one_rule_below_the_base_path() {
        assert_eq!(
            immutable(&small_site()),
            ["/base/css/*", "/base/app.0a1b2c3d.js", "/base/img/photo.0a1b2c3d.jpg", "/base/insights/a/chart.0a1b2c3d.svg"]
        );
    }

    /// `[headers]` of one line leads to these headers everywhere, or to a finding.
    fn check(name: &str, value: &str, expected: Result<&str, &str>) {
        let mut site = small_site();
        Arc::make_mut(&mut site.config).headers = vec![(slot(name), slot(value))];
        match (write(&site), expected) {
            (Ok(text), Ok(line)) => {
                let own = text.lines().filter(|text| text.to_lowercase().starts_with(&format!("  {}:", name.to_lowercase())));
                assert_eq!(own.collect::<Vec<_>>().join("|"), line, "{text}");
                assert!(text.starts_with("/base/*\n  "), "{text}");
            }
            (Err(findings), Err(part)) => assert!(findings[0].message.contains(part), "{findings:?}"),
            (actual, expected) => panic!("{actual:?} {expected:?}"),
        }
    }

    #[test]
    fn the_sites_own_headers_override_by_name() {
        check("referrer-policy", "no-referrer", Ok("  referrer-policy: no-referrer"));
        check("X-Frame-Options", "DENY", Ok("  X-Frame-Options: DENY"));
        check("X-Content-Type-Options", "", Ok(""));
        check("X Frame", "DENY", Err("not the name of a header"));
        check("X-A", "b\n/*\n  X-Evil: c", Err("not one line"));
    }
}
