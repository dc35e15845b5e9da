//! The assembly: parsed documents, the configuration and the list of assets become one [`Site`].

use super::assets::{self, AssetSource};
use super::face::{Calendar, Context, Placed, Standing};
use super::{Face, Frame, Kind, Page, PageId, Site, ThemeParts, Withheld, address, order, terms, translations};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::SourcePath;
use crate::config::Config;
use crate::config::editions::Edition;
use crate::config::strings::Strings;
use crate::config::tokens::Style;
use crate::parse::Document;
use crate::parse::front_matter::AudienceEntry;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All that an assembly depends on.
pub struct Inputs<'a> {
    pub config: &'a Arc<Config>,
    pub strings: &'a Arc<Strings>,
    pub style: &'a Arc<Style>,
    /// In the order of their paths.
    pub documents: &'a [Arc<Document>],
    pub assets: &'a [AssetSource],
    pub calendar: Calendar,
    pub theme_parts: ThemeParts,
}

/// A site, and what it takes to see whether an edit leaves its frame as it is.
pub struct Assembled {
    pub site: Site,
    pub context: Context,
    /// Of each document, what about its address cannot stand as written.
    pub findings: Vec<Vec<Diagnostic>>,
}

/// Assembles a site.
pub fn assemble(inputs: &Inputs<'_>) -> Assembled {
    let context = Context::new(inputs.documents, inputs.config, inputs.calendar);
    let mut findings = Vec::new();
    let (mut faces, mut folders, mut documents, mut withheld) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (document, placed) in inputs.documents.iter().zip(context.place_all(inputs.documents)) {
        findings.push(placed.findings);
        match placed.standing {
            Standing::Withheld(page) => withheld.push(page),
            Standing::Published(face) => {
                faces.push(Face { id: PageId(faces.len()), ..*face });
                folders.push(placed.folder);
                documents.push(Arc::clone(document));
            }
        }
    }
    relate(&mut faces, &folders);
    translations::relate(&mut faces, &documents, inputs.config);
    Assembled { site: finish(inputs, faces, documents, withheld), context, findings }
}

/// The site after an edit of one document, if the edit leaves where everything stands as it was: text
/// was changed, or the words that lists show of a piece.
///
/// The frame is the same one when other pages show nothing of the change. A section and a person are
/// seen by others in too many ways; so is a page that is not published.
pub fn edit(site: &Site, context: &Context, document: &Arc<Document>) -> Option<(Site, Vec<Diagnostic>)> {
    let id = *site.by_source.get(&document.path)?;
    let page = site.page(id);
    let is_seen_by_face_alone = matches!(page.kind, Kind::Piece | Kind::Page);
    if !is_seen_by_face_alone || names(document) != names(&page.document) {
        return None;
    }
    let Placed { standing: Standing::Published(face), findings, .. } = context.place(document) else { return None };
    let Face { ancestors, pieces, children, translations, .. } = (*page.face).clone();
    let face = Face { id, ancestors, pieces, children, translations, ..*face };
    let is_same = face == *page.face;
    if !is_same && face.without_words() != page.face.without_words() {
        return None;
    }
    let mut site = site.clone();
    let page = &mut site.pages[id.0];
    page.document = Arc::clone(document);
    if !is_same {
        page.face = Arc::new(face);
        let mut frame = Frame::clone(&site.frame);
        frame.faces[id.0] = Arc::clone(&page.face);
        site.frame = Arc::new(frame);
    }
    Some((site, findings))
}

/// What a document says to all others beyond its face: the first to write a topic gives it its title,
/// and an audience that somebody writes for must be defined.
fn names(document: &Document) -> Vec<&str> {
    let front = &document.front;
    let topics = front.topics.iter().flat_map(|field| &field.value).map(|topic| &*topic.value);
    let audiences = front.audience.iter().flat_map(|field| &field.value).filter_map(|entry| match entry {
        AudienceEntry::Id(id) => Some(&*id.value),
        AudienceEntry::Inline(_) | AudienceEntry::Other(_) => None,
    });
    let translated = front.translation_of.iter().map(|field| &*field.value);
    topics.chain(["; "]).chain(audiences).chain(["; "]).chain(translated).collect()
}

fn finish(inputs: &Inputs<'_>, faces: Vec<Face>, documents: Vec<Arc<Document>>, withheld: Vec<Withheld>) -> Site {
    let by_order = || {
        let mut listed: Vec<PageId> = faces.iter().filter(|page| page.is_listed()).map(|page| page.id).collect();
        order::sort(&mut listed, &faces, order::newest_first);
        let terms = terms::collect(&faces, &listed, inputs.config);
        (listed, terms)
    };
    let by_name = || {
        let by_url = faces.iter().rev().map(|page| (page.url.clone(), page.id)).collect();
        let by_source = faces.iter().map(|page| (page.source.clone(), page.id)).collect();
        (by_url, by_source, people(&faces, inputs.config))
    };
    let ((listed, terms), (by_url, by_source, people)) = rayon::join(by_order, by_name);
    let of_edition = |edition| listed.iter().filter(|id| faces[id.0].edition == edition).copied().collect();
    let editions = inputs.config.editions().map(of_edition).collect();
    let assets = assets::collect(inputs.assets, inputs.config, &faces, &withheld);
    let faces: Vec<Arc<Face>> = faces.into_iter().map(Arc::new).collect();
    let pages = faces.iter().cloned().zip(documents).map(|(face, document)| Page { face, document }).collect();
    let (config, today) = (Arc::clone(inputs.config), inputs.calendar.today);
    let (strings, style) = (Arc::clone(inputs.strings), Arc::clone(inputs.style));
    let frame = Frame {
        config,
        strings,
        style,
        today,
        faces,
        by_url: Arc::new(by_url),
        by_source: Arc::new(by_source),
        people: Arc::new(people),
        listed: Arc::new(listed),
        editions: Arc::new(editions),
        terms: Arc::new(terms),
        assets: Arc::new(assets),
        theme_parts: inputs.theme_parts,
    };
    Site { pages, withheld, frame: Arc::new(frame) }
}

/// People by id; one who is there in several languages stands for the first edition that has them.
fn people(faces: &[Face], config: &Config) -> BTreeMap<String, PageId> {
    let mut people: BTreeMap<String, PageId> = BTreeMap::new();
    for page in faces.iter().filter(|page| page.kind == Kind::Person) {
        let known = people.entry(address::id_of(&page.source, config)).or_insert(page.id);
        if page.edition < faces[known.0].edition {
            *known = page.id;
        }
    }
    people
}

/// Fills in who stands below whom.
fn relate(faces: &mut [Face], folders: &[SourcePath]) {
    let sections = faces.iter().filter(|page| page.kind == Kind::Section);
    let section_of: BTreeMap<(SourcePath, Edition), PageId> =
        sections.map(|page| ((page.source.parent(), page.edition), page.id)).collect();
    for idx in 0..faces.len() {
        let mut folder = folders[idx].clone();
        let mut ancestors = Vec::new();
        loop {
            let section = section_of.get(&(folder.clone(), faces[idx].edition)).filter(|section| section.0 != idx);
            ancestors.extend(section.copied());
            if folder.as_str() == address::CONTENT || folder.as_str().is_empty() {
                break;
            }
            folder = folder.parent();
        }
        ancestors.reverse();
        faces[idx].ancestors = ancestors;
    }
    let mut below: Vec<(PageId, PageId, bool)> = Vec::new();
    for page in faces.iter() {
        if page.is_listed() {
            below.extend(page.ancestors.iter().map(|section| (*section, page.id, true)));
        } else if page.kind != Kind::Piece {
            below.extend(page.ancestors.last().map(|section| (*section, page.id, false)));
        }
    }
    for (section, page, is_piece) in below {
        let section = &mut faces[section.0];
        if is_piece { section.pieces.push(page) } else { section.children.push(page) }
    }
    for idx in 0..faces.len() {
        let (mut pieces, mut children) = (std::mem::take(&mut faces[idx].pieces), std::mem::take(&mut faces[idx].children));
        order::sort(&mut pieces, faces, order::by_weight_then_newest);
        order::sort(&mut children, faces, order::by_weight_then_title);
        faces[idx].pieces = pieces;
        faces[idx].children = children;
    }
}

/// Parts of a series that have the same number.
pub fn find_repeated_parts(site: &Site) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut taken: BTreeMap<(Edition, &str, i64), &Page> = BTreeMap::new();
    for page in &site.pages {
        let (Some(series), Some(entry)) = (&page.summary.series, &page.document.front.series) else { continue };
        let Some(first) = taken.get(&(page.edition, series.id.as_str(), series.part)) else {
            taken.insert((page.edition, &series.id, series.part), page);
            continue;
        };
        let place = Place::new(&page.document.path, entry.place());
        let first_place = Place::new(&first.document.path, first.document.front.series.as_ref().map_or(0..0, |field| field.place()));
        let message = format!("the series `{}` already has a part {}", series.id, series.part);
        findings.push(
            Diagnostic::warning("series-part-repeated", place, message)
                .note_at(first_place, "it is here")
                .help("number the parts 1, 2, 3 …"),
        );
    }
    findings
}
