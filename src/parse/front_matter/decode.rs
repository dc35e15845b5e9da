//! Nodes to [`FrontMatter`]: takes what has the right kind and leaves the rest, which the shape
//! check has made findings of.

use super::schema::SOURCE_KINDS;
use super::{
    Access, AudienceEntry, AudienceSlots, Change, CompetitorLook, Correction, Defaults, Evidence, EvidenceKind, FrontMatter, GateEntry,
    GuidanceItem, Hypothesis, HypothesisStatus, Kind, Launch, LaunchPlan, Measure, Objective, ObjectiveSlots, RareAnswer, SeriesEntry,
    SignOff, Slot, Sort, Source, SourceKind,
};
use crate::base::map_reader::{MapReader, many};
use crate::base::node::{Node, Value};
use crate::base::spanned::Spanned;

/// Reads a header's map. `text` is the whole file.
pub(super) fn front_matter(root: &Node, text: &str) -> FrontMatter {
    let map = MapReader::new(root, text);
    let inner = |node| MapReader::new(node, text);
    FrontMatter {
        fence: 0..0,
        unreadable: false,
        keys: map.entries().iter().map(|entry| entry.key.clone()).collect(),
        kind: map.field("kind", kind).map(Box::new),
        title: map.text("title"),
        description: map.text("description"),
        date: map.date("date"),
        updated: map.date("updated").map(Box::new),
        publish_on: map.date("publish_on").map(Box::new),
        expires_on: map.date("expires_on").map(Box::new),
        review_by: map.date("review_by").map(Box::new),
        authors: map.slots("authors"),
        audience: map.field("audience", |node| Some(many(node).iter().map(|entry| audience(entry, text)).collect())),
        objective: map.field("objective", |node| objective(node, text)),
        so_what: map.text("so_what"),
        guidance: map.field("guidance", |node| Some(many(node).iter().map(|item| guidance(item, text)).collect())),
        sort: map.field("type", sort).map(Box::new),
        challenge_addressed: map.slots("challenge_addressed").map(Box::new),
        evidence: map.field("evidence", |node| Some(many(node).iter().map(|entry| evidence(entry, text)).collect())),
        difference: map.text("difference").map(Box::new),
        competitors: map.field("competitors", |node| is_map(node).then(|| competitors(&inner(node)))).map(Box::new),
        hypotheses: map.field("hypotheses", |node| Some(many(node).iter().map(|entry| hypothesis(entry, text)).collect())).map(Box::new),
        rare_answer: map.field("rare_answer", |node| is_map(node).then(|| rare_answer(&inner(node)))).map(Box::new),
        launch: map.field("launch", |node| is_map(node).then(|| launch(&inner(node), text))).map(Box::new),
        changes: map.field("changes", |node| Some(many(node).iter().map(|entry| change(entry, text)).collect())).map(Box::new),
        topics: map.slots("topics"),
        series: map.field("series", |node| series(node, text)).map(Box::new),
        sources: map.field("sources", |node| Some(sources(&inner(node), text))),
        signoff: map.field("signoff", |node| Some(many(node).iter().filter_map(|entry| signoff(entry, text)).collect())).map(Box::new),
        gate: map.field("gate", |node| is_map(node).then(|| gate(&inner(node)))).map(Box::new),
        slug: map.text("slug").map(Box::new),
        aliases: map.slots("aliases").map(Box::new),
        draft: map.boolean("draft").map(Box::new),
        unlisted: map.boolean("unlisted").map(Box::new),
        weight: map.integer("weight").map(Box::new),
        image: map.text("image").map(Box::new),
        image_alt: map.text("image_alt").map(Box::new),
        template: map.text("template").map(Box::new),
        lang: map.text("lang").map(Box::new),
        translation_of: map.text("translation_of").map(Box::new),
        related: map.slots("related").map(Box::new),
        corrections: map
            .field("corrections", |node| Some(many(node).iter().filter_map(|entry| correction(entry, text)).collect()))
            .map(Box::new),
        allow: map.field("allow", |node| Some(allow(&inner(node)))).map(Box::new),
        defaults: map.field("defaults", |node| is_map(node).then(|| defaults(&inner(node)))).map(Box::new),
        role: map.text("role").map(Box::new),
        expertise: map.slots("expertise").map(Box::new),
        email: map.text("email").map(Box::new),
        links: map.slots("links").map(Box::new),
        paginate_by: map.integer("paginate_by").map(Box::new),
        extra: map.field("extra", |node| is_map(node).then(|| node.clone())).map(Box::new),
    }
}

fn is_map(node: &Node) -> bool {
    matches!(node.value, Value::Map(_))
}

fn slot(node: &Node) -> Option<Slot> {
    if let Value::Text(text) = &node.value { Some(Spanned::new(text.clone(), node.range.clone())) } else { None }
}

fn kind(node: &Node) -> Option<Kind> {
    match slot(node)?.value.as_str() {
        "piece" => Some(Kind::Piece),
        "page" => Some(Kind::Page),
        "person" => Some(Kind::Person),
        _ => None,
    }
}

fn access(node: &Node) -> Option<Access> {
    match slot(node)?.value.as_str() {
        "open" => Some(Access::Open),
        "registration" => Some(Access::Registration),
        "paid" => Some(Access::Paid),
        _ => None,
    }
}

fn source_kind(node: &Node) -> Option<SourceKind> {
    match slot(node)?.value.as_str() {
        "survey" => Some(SourceKind::Survey),
        "data" => Some(SourceKind::Data),
        word => SOURCE_KINDS.contains(&word).then_some(SourceKind::Other),
    }
}

fn evidence(node: &Node, text: &str) -> Evidence {
    let map = MapReader::new(node, text);
    Evidence {
        range: node.range.clone(),
        kind: map.spanned("kind", evidence_kind),
        what: slot(node).or_else(|| map.slot("what")),
        situation: map.slot("situation"),
        did: map.slot("did"),
        result: map.slot("result"),
        confidential: map.slot("confidential"),
    }
}

fn evidence_kind(node: &Node) -> Option<EvidenceKind> {
    match slot(node)?.value.as_str() {
        "first-hand" => Some(EvidenceKind::FirstHand),
        "case" => Some(EvidenceKind::Case),
        "interview" => Some(EvidenceKind::Interview),
        "field" => Some(EvidenceKind::Field),
        "own-data" => Some(EvidenceKind::OwnData),
        _ => None,
    }
}

fn competitors(map: &MapReader<'_>) -> CompetitorLook {
    CompetitorLook {
        looked_on: map.spanned_date("looked_on"),
        notes: map.slots("notes").map(|field| field.value).unwrap_or_default(),
        others_say: map.slot("others_say"),
        none: map.slot("none"),
    }
}

fn audience(node: &Node, text: &str) -> AudienceEntry {
    match &node.value {
        Value::Text(id) => AudienceEntry::Id(Spanned::new(id.clone(), node.range.clone())),
        Value::Map(_) => AudienceEntry::Inline(Spanned::new(AudienceSlots::read(&MapReader::new(node, text)), node.range.clone())),
        Value::Null | Value::Bool(_) | Value::Integer(_) | Value::Float(_) | Value::Date(_) | Value::List(_) => {
            AudienceEntry::Other(node.range.clone())
        }
    }
}

fn objective(node: &Node, text: &str) -> Option<Objective> {
    if !is_map(node) {
        return slot(node).map(Objective::Sentence);
    }
    let map = MapReader::new(node, text);
    let measure = |node| {
        let map = MapReader::new(node, text);
        is_map(node).then(|| Measure { metric: map.slot("metric"), target: map.slot("target"), by: map.spanned_date("by") })
    };
    Some(Objective::Full(ObjectiveSlots {
        outcome: map.slot("outcome"),
        change: map.slot("change"),
        measure: map.field("measure", measure),
    }))
}

fn guidance(node: &Node, text: &str) -> GuidanceItem {
    let map = MapReader::new(node, text);
    let sentence = slot(node);
    GuidanceItem {
        range: node.range.clone(),
        one_line: sentence.is_some(),
        deed: sentence.or_else(|| map.slot("do")),
        who: map.slot("who"),
        by: map.slot("by"),
        done_when: map.slot("done_when"),
        because: map.slot("because"),
    }
}

fn sort(node: &Node) -> Option<Sort> {
    match slot(node)?.value.as_str() {
        "argument" => Some(Sort::Argument),
        "research" => Some(Sort::Research),
        "case" => Some(Sort::Case),
        "guide" => Some(Sort::Guide),
        "recap" => Some(Sort::Recap),
        _ => None,
    }
}

fn hypothesis(node: &Node, text: &str) -> Hypothesis {
    let map = MapReader::new(node, text);
    Hypothesis {
        range: node.range.clone(),
        statement: slot(node).or_else(|| map.slot("statement")),
        method: map.slot("method"),
        status: map.spanned("status", status),
        evidence: map.slot("evidence"),
    }
}

fn status(node: &Node) -> Option<HypothesisStatus> {
    match slot(node)?.value.as_str() {
        "open" => Some(HypothesisStatus::Open),
        "supported" => Some(HypothesisStatus::Supported),
        "refuted" => Some(HypothesisStatus::Refuted),
        "mixed" => Some(HypothesisStatus::Mixed),
        "abandoned" => Some(HypothesisStatus::Abandoned),
        _ => None,
    }
}

fn rare_answer(map: &MapReader<'_>) -> RareAnswer {
    RareAnswer { question: map.slot("question"), common_answer: map.slot("common_answer"), our_answer: map.slot("our_answer") }
}

fn launch(map: &MapReader<'_>, text: &str) -> Launch {
    let plan = |key| map.field(key, |node| Some(launch_plan(node, text)));
    Launch {
        message: map.slot("message"),
        pr: plan("pr"),
        paid: plan("paid"),
        internal: plan("internal"),
        sales_enablement: plan("sales_enablement"),
    }
}

fn launch_plan(node: &Node, text: &str) -> LaunchPlan {
    let map = MapReader::new(node, text);
    LaunchPlan { plan: slot(node).or_else(|| map.slot("plan")), who: map.slot("who"), on: map.spanned_date("on"), none: map.slot("none") }
}

fn change(node: &Node, text: &str) -> Change {
    let map = MapReader::new(node, text);
    Change { on: map.spanned_date("on"), what: slot(node).or_else(|| map.slot("what")) }
}

fn series(node: &Node, text: &str) -> Option<SeriesEntry> {
    if let Some(id) = slot(node) {
        return Some(SeriesEntry { id, part: None });
    }
    let map = MapReader::new(node, text);
    let part = map.integer("part").map(|part| Spanned::new(part.value, part.range));
    Some(SeriesEntry { id: map.slot("id")?, part })
}

fn sources(map: &MapReader<'_>, text: &str) -> Vec<Source> {
    let source = |id: &Slot, map: &MapReader<'_>| Source {
        id: id.clone(),
        title: map.slot("title"),
        publisher: map.slot("publisher"),
        date: map.slot("date"),
        url: map.slot("url"),
        sample: map.slot("sample"),
        population: map.slot("population"),
        fielded: map.slot("fielded"),
        access: map.spanned("access", access),
        kind: map.spanned("kind", source_kind),
        original: map.slot("original"),
        timeless: map.boolean("timeless").is_some_and(|field| field.value),
    };
    map.entries().iter().map(|entry| source(&entry.key, &MapReader::new(&entry.node, text))).collect()
}

fn signoff(node: &Node, text: &str) -> Option<SignOff> {
    let map = MapReader::new(node, text);
    is_map(node).then(|| SignOff { range: node.range.clone(), capacity: map.slot("as"), by: map.slot("by"), on: map.spanned_date("on") })
}

fn gate(map: &MapReader<'_>) -> GateEntry {
    GateEntry {
        reason: map.slot("reason"),
        until: map.spanned_date("until"),
        form_url: map.slot("form_url"),
        summary: map.slot("abstract"),
    }
}

fn correction(node: &Node, text: &str) -> Option<Correction> {
    if let Some(note) = slot(node) {
        return Some(Correction { on: None, note });
    }
    let map = MapReader::new(node, text);
    Some(Correction { on: map.spanned_date("on"), note: map.slot("note")? })
}

/// A rule without a reason stays, with an empty one: that is for the rule on suppressions to judge.
fn allow(map: &MapReader<'_>) -> Vec<(Slot, Slot)> {
    let reason = |node: &Node| Spanned::new(map.read_text(node).unwrap_or_default(), node.range.clone());
    map.entries().iter().map(|entry| (entry.key.clone(), reason(&entry.node))).collect()
}

fn defaults(map: &MapReader<'_>) -> Defaults {
    Defaults { kind: map.spanned("kind", kind), template: map.slot("template"), lang: map.slot("lang") }
}
