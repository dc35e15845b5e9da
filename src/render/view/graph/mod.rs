//! What a page says to machines: one schema.org `@graph`, its nodes linked by `@id`.
//!
//! A node that lacks what its type requires is left out, and so is every reference to it.

mod article;

use super::permalink;
use crate::config::editions::Edition;
use crate::model::{Face, Kind, Page, PageId, Site, UrlPath};
use serde_json::{Map, Value as Json, json};

/// The nodes of one page, as they come together.
pub struct Graph<'a> {
    site: &'a Site,
    nodes: Vec<Json>,
}

/// What a page that lists others shows.
pub struct Listing<'a> {
    pub title: &'a str,
    pub description: Option<&'a str>,
    pub url: &'a UrlPath,
    pub edition: Edition,
    pub pieces: &'a [PageId],
    /// Titles and addresses of the pages above it.
    pub trail: Vec<(String, UrlPath)>,
}

/// The graph of a page that an author wrote, listings aside.
pub fn of_page(site: &Site, page: &Page) -> tera::Value {
    let mut graph = Graph::new(site, page.edition);
    let trail = trail(site, page);
    let description = page.summary.description.as_deref();
    match page.kind {
        Kind::Piece => graph.piece(page),
        Kind::Person => {
            graph.web_page("ProfilePage", page.edition, (&page.title, description, &page.url), &[("mainEntity", person_id(site, page))]);
            graph.person(page);
        }
        Kind::Page | Kind::Section => graph.web_page("WebPage", page.edition, (&page.title, description, &page.url), &[]),
    }
    graph.breadcrumbs(&page.title, &page.url, &trail);
    graph.finish()
}

/// The graph of a page that lists pieces: a section, the home page, a term, an archive.
pub fn of_listing(site: &Site, listing: &Listing<'_>) -> tera::Value {
    let mut graph = Graph::new(site, listing.edition);
    let list_id = format!("{}#pieces", permalink(site, listing.url));
    let main = if listing.pieces.is_empty() { None } else { Some(("mainEntity", list_id.clone())) };
    let main: Vec<(&'static str, String)> = main.into_iter().collect();
    graph.web_page("CollectionPage", listing.edition, (listing.title, listing.description, listing.url), &main);
    if !listing.pieces.is_empty() {
        let items = listing.pieces.iter().enumerate().map(|(idx, id)| {
            let face = site.face(*id);
            json!({ "@type": "ListItem", "position": idx + 1, "url": permalink(site, &face.url), "name": face.title })
        });
        let items: Vec<Json> = items.collect();
        graph.nodes.push(json!({ "@type": "ItemList", "@id": list_id, "numberOfItems": items.len(), "itemListElement": items }));
    }
    graph.breadcrumbs(listing.title, listing.url, &listing.trail);
    graph.finish()
}

/// The pages above one, as breadcrumbs name them.
pub fn trail(site: &Site, face: &Face) -> Vec<(String, UrlPath)> {
    face.ancestors.iter().map(|id| site.face(*id)).map(|above| (above.title.clone(), above.url.clone())).collect()
}

impl<'a> Graph<'a> {
    fn new(site: &'a Site, edition: Edition) -> Self {
        let mut graph = Self { site, nodes: Vec::new() };
        graph.organization();
        graph.web_site(edition);
        graph
    }

    /// JSON that no text can break out of.
    fn finish(self) -> tera::Value {
        // Put together by hand: the macro would copy all nodes.
        let nodes = Json::Array(self.nodes).to_string();
        let graph = format!("{{\"@context\":\"https://schema.org\",\"@graph\":{nodes}}}");
        tera::Value::safe_string(&crate::render::functions::safe_json(&graph))
    }

    fn organization(&mut self) {
        let publisher = &self.site.config.publisher;
        if publisher.name.trim().is_empty() {
            return;
        }
        let mut node = node("Organization", &organization_id(self.site));
        node.insert("name".to_owned(), publisher.name.clone().into());
        set(&mut node, "url", publisher.url.clone());
        set(&mut node, "email", publisher.email.clone());
        let logo = publisher.logo.as_ref().and_then(|logo| crate::base::path::OutputPath::new(logo.trim_start_matches('/')));
        let logo = logo.and_then(|path| self.site.assets.get(&UrlPath::file(&path)));
        if let Some(asset) = logo {
            let mut image = Map::from_iter([("@type".to_owned(), "ImageObject".into())]);
            image.insert("url".to_owned(), permalink(self.site, &asset.output).into());
            if let Some((width, height)) = asset.dimensions {
                image.insert("width".to_owned(), width.into());
                image.insert("height".to_owned(), height.into());
            }
            node.insert("logo".to_owned(), image.into());
        }
        self.nodes.push(node.into());
    }

    fn web_site(&mut self, edition: Edition) {
        let config = &self.site.config;
        let mut node = node("WebSite", &web_site_id(self.site, edition));
        node.insert("name".to_owned(), config.edition_title(edition).into());
        node.insert("url".to_owned(), permalink(self.site, &config.edition_home(edition)).into());
        node.insert("inLanguage".to_owned(), config.edition_lang(edition).into());
        set(&mut node, "description", Some(config.edition_description(edition).to_owned()));
        set_reference(&mut node, "publisher", self.organization_reference());
        self.nodes.push(node.into());
    }

    /// The page itself: its title, what it is about, its address.
    fn web_page(
        &mut self,
        of_type: &str,
        edition: Edition,
        (title, description, url): (&str, Option<&str>, &UrlPath),
        references: &[(&'static str, String)],
    ) {
        let permalink = permalink(self.site, url);
        let mut node = node(of_type, &permalink);
        node.insert("url".to_owned(), permalink.into());
        node.insert("name".to_owned(), title.into());
        set(&mut node, "description", description.map(str::to_owned));
        node.insert("inLanguage".to_owned(), self.site.config.edition_lang(edition).into());
        set_reference(&mut node, "isPartOf", Some(web_site_id(self.site, edition)));
        for (key, id) in references {
            set_reference(&mut node, key, Some(id.clone()));
        }
        self.nodes.push(node.into());
    }

    /// The way from the home page to this one; a page without one above it has none.
    fn breadcrumbs(&mut self, title: &str, url: &UrlPath, trail: &[(String, UrlPath)]) {
        if trail.is_empty() {
            return;
        }
        let own = (title.to_owned(), url.clone());
        let items = trail.iter().chain([&own]).enumerate().map(
            |(idx, (title, url))| json!({ "@type": "ListItem", "position": idx + 1, "name": title, "item": permalink(self.site, url) }),
        );
        let items: Vec<Json> = items.collect();
        let id = format!("{}#breadcrumb", permalink(self.site, url));
        self.nodes.push(json!({ "@type": "BreadcrumbList", "@id": id, "itemListElement": items }));
    }

    fn person(&mut self, page: &Page) {
        let front = &page.document.front;
        let mut node = node("Person", &person_id(self.site, page));
        node.insert("name".to_owned(), page.title.clone().into());
        node.insert("url".to_owned(), permalink(self.site, &page.url).into());
        set(&mut node, "jobTitle", page.summary.role.clone());
        set(&mut node, "description", page.summary.description.clone());
        set(&mut node, "email", front.email.as_ref().map(|field| field.value.clone()));
        set_list(&mut node, "knowsAbout", front.expertise.iter().flat_map(|field| &field.value).map(|entry| entry.value.clone().into()));
        set_list(&mut node, "sameAs", front.links.iter().flat_map(|field| &field.value).map(|entry| entry.value.clone().into()));
        set_reference(&mut node, "worksFor", self.organization_reference());
        let image = page.summary.image.as_ref().and_then(|(url, _)| self.site.assets.get(url));
        set(&mut node, "image", image.map(|asset| permalink(self.site, &asset.output)));
        self.nodes.push(node.into());
    }

    fn organization_reference(&self) -> Option<String> {
        (!self.site.config.publisher.name.trim().is_empty()).then(|| organization_id(self.site))
    }
}

fn organization_id(site: &Site) -> String {
    format!("{}#organization", permalink(site, &UrlPath::home()))
}

fn web_site_id(site: &Site, edition: Edition) -> String {
    format!("{}#website", permalink(site, &site.config.edition_home(edition)))
}

fn person_id(site: &Site, face: &Face) -> String {
    format!("{}#person", permalink(site, &face.url))
}

fn node(of_type: &str, id: &str) -> Map<String, Json> {
    Map::from_iter([("@type".to_owned(), of_type.into()), ("@id".to_owned(), id.into())])
}

/// Sets a text, unless there is none.
fn set(node: &mut Map<String, Json>, key: &str, text: Option<String>) {
    if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
        node.insert(key.to_owned(), text.into());
    }
}

fn set_reference(node: &mut Map<String, Json>, key: &str, id: Option<String>) {
    if let Some(id) = id {
        node.insert(key.to_owned(), json!({ "@id": id }));
    }
}

fn set_list(node: &mut Map<String, Json>, key: &str, values: impl Iterator<Item = Json>) {
    let values: Vec<Json> = values.collect();
    if !values.is_empty() {
        node.insert(key.to_owned(), values.into());
    }
}
