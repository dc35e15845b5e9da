//! The nodes of a piece: the article, who wrote it, what it cites, the figures in it.

use super::{Graph, node, person_id, set, set_list, set_reference, web_site_id};
use crate::model::{Page, Site};
use crate::parse::data::downloads;
use crate::parse::front_matter::Source;
use crate::render::view::permalink;
use serde_json::{Map, Value as Json, json};

/// The shortest description that search engines take for a data set.
const MIN_DESCRIPTION: usize = 50;

impl Graph<'_> {
    /// A piece with its authors and its data. An article without a date or a headline is none.
    pub(super) fn piece(&mut self, page: &Page) {
        let site = self.site;
        let url = permalink(site, &page.url);
        let article_id = format!("{url}#article");
        let is_article = page.summary.date.is_some();
        let main: &[(&'static str, String)] = &[("mainEntity", article_id.clone())];
        let about = (page.title.as_str(), page.summary.description.as_deref(), &page.url);
        self.web_page("WebPage", page.edition, about, if is_article { main } else { &[] });
        let authors: Vec<&Page> =
            page.summary.authors.iter().filter_map(|author| Some(site.page(site.person(page.edition, &author.id)?))).collect();
        let data = if page.is_gated() { Vec::new() } else { data_sets(site, page) };
        if is_article {
            let mut article = self.article(page, &article_id);
            set_list(&mut article, "author", authors.iter().map(|author| json!({ "@id": person_id(site, author) })));
            set_list(&mut article, "hasPart", data.iter().map(|set| json!({ "@id": set["@id"] })).chain(gated_part(page)));
            self.nodes.push(article.into());
        }
        authors.into_iter().for_each(|author| self.person(author));
        let publisher = self.organization_reference();
        self.nodes.extend(data.into_iter().map(|mut set| {
            if let (Some(map), Some(publisher)) = (set.as_object_mut(), &publisher) {
                map.insert("creator".to_owned(), json!({ "@id": publisher }));
            }
            set
        }));
    }

    fn article(&self, page: &Page, id: &str) -> Map<String, Json> {
        let (site, summary) = (self.site, &page.summary);
        // What rests on the firm's own research, with its method told, is a report.
        let is_report = page.document.directives.iter().any(|directive| directive.name.value == "method");
        let mut article = node(if is_report { "Report" } else { "Article" }, id);
        article.insert("headline".to_owned(), page.title.clone().into());
        set(&mut article, "description", summary.description.clone());
        set(&mut article, "abstract", summary.so_what.clone());
        set(&mut article, "datePublished", summary.date.map(|date| date.rfc3339()));
        set(&mut article, "dateModified", summary.updated.or(summary.date).map(|date| date.rfc3339()));
        set(&mut article, "inLanguage", Some(page.lang.clone()));
        article.insert("isAccessibleForFree".to_owned(), (!page.is_gated()).into());
        if !page.is_gated() {
            article.insert("wordCount".to_owned(), page.document.word_count.into());
            article.insert("timeRequired".to_owned(), format!("PT{}M", summary.reading_minutes).into());
        }
        set_reference(&mut article, "mainEntityOfPage", Some(permalink(site, &page.url)));
        set_reference(&mut article, "publisher", self.organization_reference());
        let image = summary.image.as_ref().and_then(|(url, _)| site.assets.get(url));
        set(&mut article, "image", image.map(|asset| permalink(site, &asset.output)));
        set_list(&mut article, "keywords", summary.topics.iter().map(|topic| topic.title.clone().into()));
        let audience =
            |audience: &std::sync::Arc<crate::model::AudienceRef>| json!({ "@type": "Audience", "audienceType": audience.title });
        set_list(&mut article, "audience", summary.audiences.iter().map(audience));
        let sources = page.document.front.sources.iter().flat_map(|field| &field.value);
        set_list(&mut article, "citation", sources.filter(|_| !page.is_gated()).filter_map(citation));
        let corrections = page.document.front.corrections.iter().flat_map(|field| &field.value);
        set_list(
            &mut article,
            "correction",
            corrections.map(|entry| {
                let mut comment = Map::from_iter([("@type".to_owned(), "CorrectionComment".into())]);
                set(&mut comment, "text", Some(entry.note.value.clone()));
                set(&mut comment, "datePublished", entry.on.as_ref().map(|on| on.value.iso_day()));
                comment.into()
            }),
        );
        let mut wholes = vec![json!({ "@id": web_site_id(site, page.edition) })];
        if let Some(series) = &summary.series {
            wholes.push(json!({ "@type": "CreativeWorkSeries", "name": series.title, "url": permalink(site, &series.url) }));
            article.insert("position".to_owned(), series.part.into());
        }
        article.insert("isPartOf".to_owned(), wholes.into());
        let translations = page.translations.iter().map(|id| site.face(*id)).filter(|other| other.id != page.id);
        set_list(
            &mut article,
            "workTranslation",
            translations.map(|other| json!({ "@id": format!("{}#article", permalink(site, &other.url)) })),
        );
        article
    }
}

/// A source, if it has a name.
fn citation(source: &Source) -> Option<Json> {
    let text = |slot: &Option<crate::parse::front_matter::Slot>| slot.as_ref().map(|slot| slot.value.trim().to_owned());
    let title = text(&source.title).filter(|title| !title.is_empty())?;
    let mut work = Map::from_iter([("@type".to_owned(), "CreativeWork".into()), ("name".to_owned(), title.into())]);
    let is_web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
    set(&mut work, "url", text(&source.url).filter(is_web));
    set(&mut work, "datePublished", text(&source.date));
    if let Some(publisher) = text(&source.publisher).filter(|name| !name.is_empty()) {
        work.insert("publisher".to_owned(), json!({ "@type": "Organization", "name": publisher }));
    }
    Some(work.into())
}

/// What the page shows in place of a gated text.
fn gated_part(page: &Page) -> Option<Json> {
    page.is_gated().then(|| json!({ "@type": "WebPageElement", "isAccessibleForFree": false, "cssSelector": ".gate" }))
}

/// The charts and tables whose figures can be had, and that say what they are.
fn data_sets(site: &Site, page: &Page) -> Vec<Json> {
    let directives = &page.document.directives;
    let set_of = |download: crate::parse::data::Download| {
        let directive = &directives[download.directive_idx];
        let text = |name: &str| directive.param(name).map(|value| value.value.trim().to_owned()).filter(|text| !text.is_empty());
        let (title, description) = (text("title")?, text("description").or_else(|| text("caption"))?);
        let file = page.url.beside(&download.file_name)?;
        if description.chars().count() < MIN_DESCRIPTION {
            return None;
        }
        let url = permalink(site, &crate::model::UrlPath::file(&file));
        Some(json!({
            "@type": "Dataset",
            "@id": format!("{}#{}", permalink(site, &page.url), download.id),
            "name": title,
            "description": description,
            "isAccessibleForFree": true,
            "distribution": { "@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": url },
        }))
    };
    downloads(directives).into_iter().filter_map(set_of).collect()
}
