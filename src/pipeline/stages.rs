//! The small stages between the large ones: lists of files, checks on what was read.

use super::{Failure, Options};
use crate::base::date::Date;
use crate::base::diagnostic::{Diagnostic, Place, Severity};
use crate::base::file_text::FileText;
use crate::base::fingerprint::{Fingerprint, FingerprintBuilder};
use crate::base::kept_text::Shelf;
use crate::base::path::{SourcePath, UrlPath};
use crate::base::sources::Sources;
use crate::base::suggest::did_you_mean;
use crate::config::Config;
use crate::config::strings::StringsFile;
use crate::config::tokens::{self, Style};
use crate::editorial::{self, Register};
use crate::model::assets::AssetSource;
use crate::model::{Kind, Site, State, ThemeParts};
use crate::model::{assemble, terms, translations};
use crate::output::plan::{Entry, Plan};
use crate::output::{Subject, collisions};
use crate::parse::Document;
use crate::parse::data::Notation;
use crate::parse::front_matter::AudienceEntry;
use crate::parse::records::{self, Records};
use crate::render::functions::FunctionInputs;
use crate::render::makers::DataFiles;
use crate::render::templates::TemplateSource;
use crate::world::sheets::{self, SheetFile, Sheets};
use crate::world::snapshot::{Contents, File, Snapshot, is_page};
use crate::world::strays::{Stray, stray};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The Markdown files of a snapshot, in the order of their paths.
pub fn markdown(snapshot: &Snapshot) -> Vec<(&SourcePath, &File)> {
    snapshot.all().filter(|(path, _)| is_page(path)).collect()
}

/// The notes on what competitors have published: they are compared with, and published nowhere.
pub fn competitor_notes(snapshot: &Snapshot) -> impl Iterator<Item = (&SourcePath, &File)> {
    snapshot.below("data/competitors").filter(|(path, _)| path.extension() == "md")
}

/// The home pages that no file is: empty ones, so that `/` always stands, and `/fr/` for an edition.
pub fn missing_homes(snapshot: &Snapshot, config: &Config) -> Vec<SourcePath> {
    let missing = |names: Vec<String>| {
        let paths: Vec<SourcePath> = names.iter().filter_map(|name| SourcePath::new(name)).collect();
        paths.iter().all(|path| snapshot.get(path).is_none()).then(|| paths.first().cloned()).flatten()
    };
    let main = vec!["content/_index.md".to_owned(), "content/index.md".to_owned()];
    let others = config.languages.iter().map(|language| {
        let tag = &language.tag.value;
        let folder = tag.to_ascii_lowercase();
        let names = [format!("_index.{tag}"), format!("index.{tag}"), format!("{folder}/_index"), format!("{folder}/index")];
        names.into_iter().map(|name| format!("content/{name}.md")).collect()
    });
    [main].into_iter().chain(others).filter_map(missing).collect()
}

/// The files that sheets in Sass are made from: the site's, then the theme's.
pub fn sheet_files(snapshot: &Snapshot, config: &Config) -> Vec<SheetFile> {
    let folders = ["static".to_owned(), format!("themes/{}/static", config.theme)];
    let mut files = Vec::new();
    for folder in &folders {
        for (path, file) in snapshot.below(folder).filter(|(path, _)| sheets::is_sass(path) || path.extension() == "css") {
            let name = path.strip(folder).and_then(SourcePath::new);
            files.extend(name.zip(text_of(file)).map(|(name, text)| SheetFile { path: path.clone(), name, text }));
        }
    }
    files
}

/// The files that are published as they are or smaller: all of `content/` that is no Markdown and no stray, `static/`, the
/// theme's `static/`; of sheets in Sass, what they are compiled to.
pub fn assets(snapshot: &Snapshot, config: &Config, sheets: &Sheets) -> Vec<AssetSource> {
    let theme_static = format!("themes/{}/static", config.theme);
    let folders = ["content", "static", theme_static.as_str()];
    let files = folders.into_iter().flat_map(|folder| snapshot.below(folder));
    let strays = |path: &SourcePath| path.strip("content").is_some() && (is_page(path) || stray(path).is_some());
    let copied = files.filter(|(path, _)| !strays(path));
    let asset = |(path, file): (&SourcePath, &File)| {
        let made = sheets.css.get(path).cloned();
        let is_kept = made.is_some() || path.strip("content").is_some() || !sheets::is_sass(path);
        let fingerprint = made.as_ref().map_or(file.fingerprint, |css| Fingerprint::of(css.as_bytes()));
        is_kept.then(|| AssetSource { path: path.clone(), fingerprint, image: file.image, misfit: file.misfit, made })
    };
    copied.filter_map(asset).collect()
}

/// A theme that is neither in the site nor in the binary stops the run.
pub fn require_theme(snapshot: &Snapshot, config: &Config) -> Result<(), Failure> {
    let templates = format!("themes/{}/templates", config.theme);
    if snapshot.below(&templates).next().is_some() {
        return Ok(());
    }
    let message = format!("there is no theme `{}`", config.theme);
    let carried = crate::world::embedded::themes();
    let all = || {
        format!("{} are the ones that Sowhat carries.", carried.iter().map(|theme| format!("`{theme}`")).collect::<Vec<_>>().join(" and "))
    };
    let meant = did_you_mean(&config.theme, carried.iter().copied()).unwrap_or_else(all);
    let place = Place::new(&config.path, config.places.theme.clone());
    let finding = Diagnostic::error("config-theme-missing", place, message)
        .help(format!("{meant} Any other stands in a folder of the site, here `themes/{}/`", config.theme));
    let text = snapshot.get(&config.path).and_then(|file| file.contents.as_ref()).map(|contents| contents.kept(&config.path));
    Err(Failure::Config { findings: vec![finding], sources: Sources::from_iter([(config.path.clone(), text.unwrap_or_default())]) })
}

/// Files where pages and notes stand that are neither: Markdown under a name that is not read, copies put aside.
pub fn strays(snapshot: &Snapshot) -> Vec<Diagnostic> {
    let finding = |path: &SourcePath| {
        let name = path.file_name();
        let error = |message: String| Diagnostic::error("markdown-unread", Place::file(path), message);
        Some(match stray(path)? {
            Stray::Markdown(to) if snapshot.get(&to).is_some() => {
                error(format!("`{name}` is Markdown, which is read from `.md` alone, and `{}` is there already", to.file_name()))
                    .help("take one of the two out of the site")
            }
            Stray::Markdown(to) => {
                error(format!("`{name}` is Markdown, which is read from `.md` alone")).help(format!("rename it to `{}`", to.file_name()))
            }
            Stray::Program => error(format!("`{name}` holds code of another program, and is neither read nor published"))
                .help("write it as plain Markdown in a file that ends in `.md`, or take it out of the site"),
            Stray::PutAside => {
                let message = format!("`{name}` is a copy that somebody put aside, so it is not published");
                Diagnostic::warning("file-put-aside", Place::file(path), message)
                    .help("remove it; a file that readers are to load belongs into `static/`, where every file is copied")
            }
        })
    };
    let files = ["content", "data/competitors"].into_iter().flat_map(|folder| snapshot.below(folder));
    files.filter_map(|(path, _)| finding(path)).collect()
}

/// What stands in the site's folders and was not read, as findings.
pub fn refused(snapshot: &Snapshot) -> Vec<Diagnostic> {
    let finding = |refused: &crate::world::Refused| {
        Diagnostic::error("file-unreadable", Place::file(&refused.path), refused.reason.clone())
            .help("move it out of the site, or replace it by a plain file")
    };
    snapshot.refused().iter().map(finding).collect()
}

/// Pages that could not be read again, or were not any more as they had been.
pub fn lost(shelf: &Shelf) -> Vec<Diagnostic> {
    let finding = |(path, reason): (SourcePath, String)| {
        let message = format!("cannot read `{path}`: {reason}");
        Diagnostic::error("file-unreadable", Place::file(&path), message).help("run it once more")
    };
    shelf.lost().into_iter().map(finding).collect()
}

/// True if something is made of the prose of all pages at once.
pub fn needs_all_prose(site: &Site, plan: &Plan) -> bool {
    let is_search = |entry: &Entry| matches!(entry.subject, Subject::Search(_));
    site.pages.iter().any(|page| page.is_gated()) || plan.entries.values().any(is_search)
}

/// The text of a file that is parsed, with anything undecodable replaced.
pub fn text_of(file: &File) -> Option<Arc<String>> {
    file.contents.as_ref().map(Contents::text)
}

/// What people recorded in `data/`, and what is wrong with its files.
pub fn records(snapshot: &Snapshot, today: Date) -> (Records, Vec<Diagnostic>) {
    let tables = records::FILES.map(|name| SourcePath::new(name).expect("a plain path"));
    let mut texts = BTreeMap::new();
    let mut undecodable = Vec::new();
    for path in tables {
        match snapshot.get(&path).and_then(|file| file.contents.as_ref()) {
            Some(Contents::Text(text)) => drop(texts.insert(path, text.get())),
            Some(Contents::Undecodable(_)) => {
                let finding = Diagnostic::error(records::rules::MALFORMED, Place::file(&path), format!("`{path}` is not UTF-8 text"));
                undecodable.push(finding.help("save it as CSV in UTF-8"));
            }
            None => {}
        }
    }
    let (records, mut findings) = records::read(|path| texts.get(path).map(|text| text.as_str()), today);
    findings.extend(undecodable);
    (records, findings)
}

/// The templates of the theme, shadowed by the site's own by path.
pub fn templates(snapshot: &Snapshot, config: &Config) -> Vec<TemplateSource> {
    let theme = format!("themes/{}", config.theme);
    let folders = [(format!("{theme}/templates"), ""), (format!("{theme}/directives"), "directives/"), ("templates".to_owned(), "")];
    let mut by_name = BTreeMap::new();
    for (folder, prefix) in &folders {
        for (path, file) in snapshot.below(folder).filter(|(path, _)| matches!(path.extension(), "html" | "svg")) {
            let Some((relative, text)) = path.strip(folder).zip(text_of(file)) else { continue };
            let name = format!("{prefix}{relative}");
            by_name.insert(name.clone(), TemplateSource { name, path: path.clone(), text });
        }
    }
    by_name.into_values().collect()
}

/// The hash of all that outputs are made from besides pages: the program, its options, and every other file.
pub fn settings(snapshot: &Snapshot, options: &Options) -> Fingerprint {
    let Options { config, base_url, drafts, future, deny_warnings: _, today, program, at_work: _, lets_go: _ } = options;
    let mut settings = FingerprintBuilder::default();
    settings.add(format!("{config} {base_url:?} {drafts} {future} {} {program}", today.day).as_bytes());
    for (path, file) in snapshot.all().filter(|(path, _)| !is_page(path)) {
        settings.add(path.as_str().as_bytes()).add(file.fingerprint.as_bytes());
    }
    settings.finish()
}

/// The tables that charts are drawn from, beside the pieces and in `data/`.
pub fn data_files(snapshot: &Snapshot) -> DataFiles {
    let files = ["content", "data"].into_iter().flat_map(|folder| snapshot.below(folder));
    let tables = files.filter(|(path, _)| Notation::of(path.extension()).is_some());
    DataFiles(tables.map(|(path, file)| (path.clone(), text_of(file))).collect())
}

/// The words of the theme, then the site's own over them.
pub fn strings(snapshot: &Snapshot, config: &Config) -> Vec<StringsFile> {
    let folders = [format!("themes/{}/i18n", config.theme), "i18n".to_owned()];
    let files = folders.iter().flat_map(|folder| snapshot.below(folder)).filter(|(path, _)| path.extension() == "toml");
    files.filter_map(|(path, file)| Some(StringsFile { path: path.clone(), text: text_of(file)? })).collect()
}

/// The tokens of the theme as the site sets them.
pub fn style(snapshot: &Snapshot, config: &Config) -> (Style, Vec<Diagnostic>) {
    let path = SourcePath::new(&format!("themes/{}/theme.toml", config.theme));
    let text = path.as_ref().and_then(|path| snapshot.get(path)).and_then(text_of);
    let theme = path.as_ref().zip(text.as_deref()).map(|(path, text)| FileText { path, text });
    tokens::style(theme, &config.theme_settings, &config.path)
}

/// What the theme, or the site in its place, has templates for.
pub fn theme_parts(snapshot: &Snapshot, config: &Config) -> ThemeParts {
    let has = |name: &str| {
        let of_theme = format!("themes/{}/templates/{name}", config.theme);
        let of_site = format!("templates/{name}");
        [of_theme, of_site].iter().any(|path| SourcePath::new(path).is_some_and(|path| snapshot.get(&path).is_some()))
    };
    ThemeParts { card: has("card.svg"), search: has("search.html") }
}

/// The theme's font files for cards, in the order of their names: where each is, and its hash.
pub fn card_fonts(snapshot: &Snapshot, config: &Config) -> Vec<(SourcePath, Fingerprint)> {
    let folder = format!("themes/{}/fonts", config.theme);
    let fonts = snapshot.below(&folder).filter(|(path, _)| matches!(path.extension(), "ttf" | "otf"));
    fonts.map(|(path, file)| (path.clone(), file.fingerprint)).collect()
}

/// What template functions may ask of a site.
pub fn function_inputs(site: &Site) -> FunctionInputs {
    let href = |url: &UrlPath| site.config.base_url.href(url.as_str());
    let published = site.assets.iter().filter(|(_, asset)| asset.is_published());
    let hrefs = published.map(|(path, asset)| (path.as_str().trim_start_matches('/').to_owned(), href(&asset.output)));
    FunctionInputs { asset_hrefs: Arc::new(hrefs.collect()), strings: Arc::clone(&site.strings) }
}

/// The document behind a path of the site, published or not.
pub fn document_of<'a>(site: &'a Site, path: &SourcePath) -> Option<&'a Document> {
    let published = || site.by_source.get(path).map(|id| &*site.page(*id).document);
    let withheld = || site.withheld_at(path).map(|page| &*page.document);
    published().or_else(withheld)
}

/// What is found by looking at all pages at once.
pub fn site_findings(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    [assemble::find_repeated_parts(site), translations::check(site), terms::find_merged_topics(site), collisions::find(site, plan)].concat()
}

/// What is declared site-wide, for the rules.
pub fn register(site: &Site) -> Register {
    let publisher = &site.config.publisher;
    let host =
        |url: &str| url.split("://").nth(1).map(|rest| rest.split('/').next().unwrap_or_default().trim_start_matches("www.").to_owned());
    let own_host = host(site.config.base_url.origin());
    let brands = [publisher.name.clone()]
        .into_iter()
        .chain(publisher.products.clone())
        .chain(publisher.url.as_deref().and_then(host))
        .chain(own_host);
    let withheld_people = site.withheld.iter().filter(|withheld| withheld.kind == Kind::Person);
    let withheld_ids = withheld_people.map(|person| crate::model::address::id_of(&person.document.path, &site.config));
    Register {
        audiences: site.config.audiences.clone(),
        lang: site.config.language.clone(),
        outcomes: site.config.outcomes.clone(),
        people: site.people.keys().cloned().chain(withheld_ids).collect(),
        experts: experts(site),
        brands: brands.filter(|brand| !brand.is_empty()).collect(),
        today: site.today.without_time(),
        rules: site.config.rules.clone(),
        lexicons: editorial::lexicon::Lexicons::of(&site.config.rules),
        sign_offs: editorial::records::SignOffs::default(),
    }
}

/// The ids of the people whose page says what they are expert in.
fn experts(site: &Site) -> BTreeSet<String> {
    let published = site.people.values().map(|id| &site.page(*id).document);
    let withheld = site.withheld.iter().filter(|withheld| withheld.kind == Kind::Person).map(|withheld| &withheld.document);
    let says = |document: &&Arc<crate::parse::Document>| {
        document.front.expertise.iter().flat_map(|field| &field.value).any(|slot| !slot.value.trim().is_empty())
    };
    published.chain(withheld).filter(says).map(|document| crate::model::address::id_of(&document.path, &site.config)).collect()
}

/// The ids of the audiences that published and scheduled pieces are written for.
pub fn used_audiences(site: &Site) -> BTreeSet<String> {
    let published = site.pages.iter().map(|page| (&page.document, page.kind, page.state));
    let withheld = site.withheld.iter().map(|page| (&page.document, page.kind, page.state));
    let counts = |kind: Kind, state: State| kind == Kind::Piece && editorial::closes_gate(Severity::Error, state);
    let pieces = published.chain(withheld).filter(|(_, kind, state)| counts(*kind, *state));
    let entries = pieces.flat_map(|(document, ..)| document.front.audience.iter().flat_map(|field| &field.value));
    let id = |entry: &AudienceEntry| match entry {
        AudienceEntry::Id(id) => Some(id.value.clone()),
        AudienceEntry::Inline(_) | AudienceEntry::Other(_) => None,
    };
    entries.filter_map(id).collect()
}
