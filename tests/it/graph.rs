//! The JSON-LD of every page of every test site: one graph, whole nodes, references that resolve.

use crate::fixture::options;
use serde_json::Value;
use sowhat::pipeline::Session;
use sowhat::world::disk::DiskWorld;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// What each type must say.
const REQUIRED: &[(&str, &[&str])] = &[
    ("Article", &["headline", "datePublished", "mainEntityOfPage", "isAccessibleForFree", "inLanguage"]),
    ("Report", &["headline", "datePublished", "mainEntityOfPage", "isAccessibleForFree", "inLanguage"]),
    ("BreadcrumbList", &["itemListElement"]),
    ("CollectionPage", &["name", "url", "isPartOf"]),
    ("Dataset", &["name", "description", "distribution"]),
    ("ItemList", &["itemListElement"]),
    ("Organization", &["name"]),
    ("Person", &["name"]),
    ("ProfilePage", &["name", "url", "mainEntity"]),
    ("WebPage", &["name", "url", "isPartOf"]),
    ("WebSite", &["name", "url"]),
];

#[test]
fn every_page_says_one_whole_graph() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut kinds = BTreeSet::new();
    let mut faults = Vec::new();
    for case in fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()) {
        let outcome = Session::new(Arc::new(DiskWorld::new(&case).unwrap()), options()).run().unwrap();
        let pages = outcome.plan.entries.keys().filter(|path| path.as_str().ends_with(".html"));
        for path in pages {
            let Ok((bytes, _)) = outcome.produce(path) else { continue };
            let html = String::from_utf8(bytes).unwrap();
            let Some((_, rest)) = html.split_once("<script type=\"application/ld+json\">") else { continue };
            let graph: Value = serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap();
            check(&graph, &mut kinds, &mut |fault| faults.push(format!("{}: {path}: {fault}", case.display())));
        }
    }
    assert_eq!(faults, Vec::<String>::new());
    for kind in ["Article", "BreadcrumbList", "CollectionPage", "ItemList", "Organization", "Person", "ProfilePage", "WebPage", "WebSite"] {
        assert!(kinds.contains(kind), "no test site says {kind}: {kinds:?}");
    }
}

fn check(graph: &Value, kinds: &mut BTreeSet<String>, fault: &mut dyn FnMut(String)) {
    let nodes = graph["@graph"].as_array().cloned().unwrap_or_default();
    if graph["@context"] != "https://schema.org" || nodes.is_empty() {
        fault("no graph".to_owned());
    }
    let ids: Vec<&str> = nodes.iter().filter_map(|node| node["@id"].as_str()).collect();
    if ids.len() != nodes.len() || ids.iter().collect::<BTreeSet<_>>().len() != ids.len() {
        fault(format!("nodes without an id of their own: {ids:?}"));
    }
    for node in &nodes {
        let kind = node["@type"].as_str().unwrap_or_default();
        kinds.insert(kind.to_owned());
        let required = REQUIRED.iter().find(|(known, _)| *known == kind).map(|(_, keys)| *keys);
        match required {
            Some(keys) => {
                keys.iter().filter(|key| node.get(**key).is_none_or(Value::is_null)).for_each(|key| fault(format!("{kind} has no {key}")))
            }
            None => fault(format!("an unexpected {kind}")),
        }
        references(node, &mut |id| {
            // A translation is another page's article.
            let is_other_page = !ids.iter().any(|known| known.split('#').next() == id.split('#').next());
            if !ids.contains(&id) && !is_other_page {
                fault(format!("{kind} refers to {id}"));
            }
        });
    }
}

/// Every `{"@id": …}` that is nothing else.
fn references<'a>(value: &'a Value, found: &mut dyn FnMut(&'a str)) {
    match value {
        Value::Object(map) if map.len() == 1 && map.contains_key("@id") => found(map["@id"].as_str().unwrap_or_default()),
        Value::Object(map) => map.values().for_each(|value| references(value, found)),
        Value::Array(values) => values.iter().for_each(|value| references(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
