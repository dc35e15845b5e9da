//! Renders the bodies and templates of one site; a body that feeds share is made once.

use super::directives::Directives;
use super::highlight::Highlighter;
use super::makers::{self, Call, DataFiles};
use super::markdown::{self, Body, BodyInputs, DirectiveRenderer, Links, Resolved, Target};
use super::search::SearchIndex;
use super::templates::Templates;
use super::view::{self, Shared};
use super::wanted::Wanted;
use crate::base::diagnostic::Diagnostic;
use crate::base::fingerprint::{Fingerprint, FingerprintBuilder};
use crate::base::path::{SourcePath, UrlPath};
use crate::model::resolve::{self, Target as SiteTarget};
use crate::model::{Page, PageId, Site};
use crate::parse::{Directive, Document, Link};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// All that a renderer depends on.
pub struct Inputs {
    pub site: Arc<Site>,
    pub backdrop: Arc<Backdrop>,
    /// What generated pages a link may lead to.
    pub planned: Arc<dyn Planned>,
    pub templates: Arc<Templates>,
    pub directives: Arc<Directives>,
    pub highlighter: Arc<Highlighter>,
    pub bodies: Arc<Bodies>,
}

/// Knows the addresses at which something will stand.
pub trait Planned: Send + Sync {
    /// True if some output stands at this URL.
    fn contains(&self, url: &UrlPath) -> bool;
}

/// What is derived from all but the text of a site: an edit that leaves the frame as it was leaves this too.
pub struct Backdrop {
    shared: Shared,
    /// The pages whose bodies more than one output carries.
    in_feeds: Arc<BTreeSet<PageId>>,
    site_fingerprint: OnceLock<Fingerprint>,
    /// The tables that charts are drawn from.
    data: Arc<DataFiles>,
}

impl Backdrop {
    /// Makes the values that the pages of a site share.
    pub fn new(site: &Site, data: DataFiles, wanted: &Arc<Wanted>) -> Self {
        let in_feeds = Arc::new(in_feeds(site));
        let shared = Shared::new(site, Arc::clone(wanted));
        Self { shared, in_feeds, site_fingerprint: OnceLock::new(), data: Arc::new(data) }
    }

    /// The values after an edit of words that lists show: everything stands where it stood.
    pub fn reworded(&self, site: &Site) -> Self {
        let (in_feeds, data) = (Arc::clone(&self.in_feeds), Arc::clone(&self.data));
        let shared = Shared::new(site, Arc::clone(self.shared.wanted()));
        Self { shared, in_feeds, site_fingerprint: OnceLock::new(), data }
    }
}

/// Bodies kept between uses and between runs, each under the hash of all that it was made from.
#[derive(Default)]
pub struct Bodies {
    kept: Mutex<BTreeMap<SourcePath, (Fingerprint, Arc<Body>)>>,
}

impl Bodies {
    /// Forgets the bodies of files that are no longer there.
    pub fn retain(&self, is_there: impl Fn(&SourcePath) -> bool) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).retain(|path, _| is_there(path));
    }
}

/// Renders bodies and templates of one site.
pub struct Renderer {
    inputs: Inputs,
    /// The bodies of feeds, made absolute once for the three formats and all scopes.
    feed_bodies: Mutex<BTreeMap<PageId, Arc<str>>>,
    search_index: OnceLock<SearchIndex>,
}

impl Renderer {
    /// Prepares to render a site.
    pub fn new(inputs: Inputs) -> Self {
        Self { inputs, feed_bodies: Mutex::default(), search_index: OnceLock::new() }
    }

    /// What another renderer of the same frame may use again.
    pub fn backdrop(&self) -> &Arc<Backdrop> {
        &self.inputs.backdrop
    }

    /// The values that all pages share.
    pub fn shared(&self) -> &Shared {
        &self.inputs.backdrop.shared
    }

    /// The compiled templates.
    pub fn templates(&self) -> &Templates {
        &self.inputs.templates
    }

    /// Says that no code is left to be coloured, but for what was coloured before: what colours it is large.
    pub fn end_of_code(&self) {
        self.inputs.highlighter.release();
    }

    /// The search index, made when its first file is asked for.
    pub fn search_index(&self) -> &SearchIndex {
        self.search_index.get_or_init(|| SearchIndex::new(&self.inputs.site))
    }

    /// The tables of the site.
    pub fn data(&self) -> &DataFiles {
        &self.inputs.backdrop.data
    }

    /// A page's body; a gated piece has an empty one, everywhere.
    pub fn body(&self, id: PageId) -> Arc<Body> {
        let page = self.inputs.site.page(id);
        if page.is_gated() {
            let findings = self.data_findings(&page.document, &page.lang);
            return Arc::new(Body { findings, ..Body::default() });
        }
        if !self.inputs.backdrop.in_feeds.contains(&id) {
            return Arc::new(self.render(page));
        }
        let key = self.key(page);
        let path = &page.document.path;
        let kept = self.inputs.bodies.kept.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        if let Some((known, body)) = kept
            && known == key
        {
            return body;
        }
        let body = Arc::new(self.render(page));
        self.inputs.bodies.kept.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), (key, Arc::clone(&body)));
        body
    }

    /// A page's body with all `href` and `src` absolute, as feeds carry it.
    pub fn feed_body(&self, id: PageId) -> Result<Arc<str>, Vec<Diagnostic>> {
        let kept = self.feed_bodies.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        if let Some(html) = kept {
            return Ok(html);
        }
        let site = &self.inputs.site;
        let body = self.body(id);
        let html: Arc<str> = markdown::absolutize(&body.html, &site.config.base_url.absolute(site.page(id).url.as_str())).into();
        self.feed_bodies.lock().unwrap_or_else(PoisonError::into_inner).insert(id, Arc::clone(&html));
        Ok(html)
    }

    /// What is wrong with the data of a body that is not rendered: one that is gated, or not published yet.
    pub fn data_findings(&self, document: &Document, lang: &str) -> Vec<Diagnostic> {
        let inputs = &self.inputs;
        let check = |directive: &Directive| {
            let maker = makers::maker(&directive.name.value)?;
            let beside = |_: &str| String::new();
            let call = Call { directive, document, lang, data: &inputs.backdrop.data, beside: &beside };
            maker.make(&call).err()
        };
        document.directives.iter().filter_map(check).flatten().collect()
    }

    fn render(&self, page: &Page) -> Body {
        let site = &self.inputs.site;
        markdown::render(BodyInputs {
            document: &page.document,
            text: &page.document.text(),
            options: site.config.markdown,
            lang: &page.lang,
            links: &PageLinks { renderer: self, page },
            directives: &ThemeDirectives { renderer: self, page },
            citations: &markdown::number_citations(&page.document),
            highlighter: &self.inputs.highlighter,
        })
    }

    /// The hash of all that a page's body is made from.
    fn key(&self, page: &Page) -> Fingerprint {
        let document: &Document = &page.document;
        let links = PageLinks { renderer: self, page };
        let mut builder = FingerprintBuilder::default();
        builder.add(document.fingerprint.as_bytes()).add(page.lang.as_bytes());
        builder.add(format!("{:?}", self.inputs.site.config.markdown).as_bytes());
        for link in &document.links {
            let resolved = links.resolve(link);
            builder.add(resolved.href.as_bytes()).add(format!("{:?}{:?}{:?}", resolved.kind, resolved.size, resolved.picture).as_bytes());
        }
        if !document.directives.is_empty() {
            builder.add(self.inputs.templates.fingerprint().as_bytes()).add(self.site_fingerprint().as_bytes());
        }
        for path in document.directives.iter().filter_map(|directive| DataFiles::path(document, directive)) {
            let text = self.inputs.backdrop.data.0.get(&path).and_then(Option::as_ref);
            builder.add(Fingerprint::of(text.map_or(b"".as_slice(), |text| text.as_bytes())).as_bytes());
        }
        builder.finish()
    }

    /// The hash of `site` as templates see it.
    fn site_fingerprint(&self) -> Fingerprint {
        *self.inputs.backdrop.site_fingerprint.get_or_init(|| {
            let mut builder = FingerprintBuilder::default();
            for site in self.shared().sites() {
                builder.add(site.to_string().as_bytes());
            }
            builder.finish()
        })
    }
}

/// Where the links of one page lead.
struct PageLinks<'a> {
    renderer: &'a Renderer,
    page: &'a Page,
}

impl Links for PageLinks<'_> {
    fn resolve(&self, link: &Link) -> Resolved {
        let site = &*self.renderer.inputs.site;
        let is_planned = |url: &UrlPath| self.renderer.inputs.planned.contains(url);
        let resolved = resolve::resolve(site, self.page, &link.destination, &is_planned);
        if resolved.has_expired(site) {
            return Resolved::as_written("");
        }
        let mut picture = None;
        let (kind, size) = match &resolved.target {
            SiteTarget::SamePage => return Resolved { href: resolved.suffix(), kind: Target::Internal, size: None, picture: None },
            SiteTarget::Asset(url) => {
                let asset = site.assets.get(url);
                picture = asset.and_then(|asset| view::picture(site, asset));
                (Target::Asset, asset.and_then(|asset| asset.dimensions))
            }
            SiteTarget::Page(_) | SiteTarget::Generated(_) => (Target::Internal, None),
            SiteTarget::External | SiteTarget::Withheld(_) | SiteTarget::Missing => return Resolved::as_written(&link.destination),
        };
        let href =
            resolved.site_path(site, self.page).map(|url| format!("{}{}", site.config.base_url.href(url.as_str()), resolved.suffix()));
        href.map_or_else(|| Resolved::as_written(&link.destination), |href| Resolved { href, kind, size, picture })
    }
}

/// The directives of the theme.
struct ThemeDirectives<'a> {
    renderer: &'a Renderer,
    page: &'a Page,
}

impl DirectiveRenderer for ThemeDirectives<'_> {
    fn render(&self, directive: &Directive, content_html: &str) -> Result<String, Vec<Diagnostic>> {
        let inputs = &self.renderer.inputs;
        let beside = |file_name: &str| {
            let path = self.page.url.beside(file_name);
            path.map_or_else(String::new, |path| inputs.site.config.base_url.href(UrlPath::file(&path).as_str()))
        };
        let call = Call { directive, document: &self.page.document, lang: &self.page.lang, data: &inputs.backdrop.data, beside: &beside };
        inputs.directives.render(&inputs.templates, &self.renderer.shared().site(self.page.edition), &call, content_html)
    }
}

/// The pages whose bodies some feed carries.
fn in_feeds(site: &Site) -> BTreeSet<PageId> {
    site.feed_scopes().into_iter().flat_map(|scope| site.feed_pieces(scope)).collect()
}
