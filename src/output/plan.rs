//! The output plan: a sorted map from output path to the recipe for its bytes.

use super::{Output, Subject, Texts};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::{OutputPath, SourcePath, UrlPath};
use crate::model::Frame;
use crate::render::Planned;
use std::collections::BTreeMap;

/// The list of files that Sowhat wrote, which the writer keeps in the output folder.
pub const MANIFEST: &str = ".sowhat-manifest";

/// All outputs of a run, by path.
#[derive(Default)]
pub struct Plan {
    /// The recipes, sorted by path.
    pub entries: BTreeMap<OutputPath, Entry>,
    /// What would overwrite each other, or stand in each other's way.
    pub collisions: Vec<Collision>,
}

/// Two outputs of which one alone can be written.
#[derive(Debug, Clone)]
pub struct Collision {
    /// The one that the plan has no place for.
    pub added: Side,
    /// The one that it has.
    pub taken: Side,
    pub overlap: Overlap,
}

/// One of two outputs that collide.
#[derive(Debug, Clone)]
pub struct Side {
    pub path: OutputPath,
    pub subject: Subject,
    pub origin: SourcePath,
}

/// How two paths cannot be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlap {
    Same,
    /// They differ in upper and lower case alone.
    Case,
    /// One would be a file and a folder.
    Folder,
}

impl Planned for Plan {
    fn contains(&self, url: &UrlPath) -> bool {
        url.output().is_some_and(|path| self.entries.contains_key(&path))
    }
}

/// How one output is made.
#[derive(Clone)]
pub struct Entry {
    /// The format that makes it.
    pub format: &'static dyn Output,
    /// What it is about.
    pub subject: Subject,
    /// The source that asked for it, named when two collide.
    pub origin: SourcePath,
}

impl Entry {
    fn side(&self, path: &OutputPath) -> Side {
        Side { path: path.clone(), subject: self.subject.clone(), origin: self.origin.clone() }
    }

    /// Whose texts it is made from, besides what the frame says of all pages.
    pub fn texts(&self) -> Texts {
        self.format.texts(&self.subject)
    }
}

/// Fills a plan, and finds the outputs that would overwrite each other.
pub struct Planner<'a> {
    plan: Plan,
    /// Paths as a case-insensitive file system sees them.
    folded: BTreeMap<String, OutputPath>,
    findings: Vec<Diagnostic>,
    frame: &'a Frame,
    format: Option<&'static dyn Output>,
}

impl<'a> Planner<'a> {
    /// Plans every output of a site.
    pub fn plan(frame: &'a Frame, formats: &[&'static dyn Output]) -> (Plan, Vec<Diagnostic>) {
        let mut planner = Planner { plan: Plan::default(), folded: BTreeMap::new(), findings: Vec::new(), frame, format: None };
        for format in formats {
            planner.format = Some(*format);
            format.plan(frame, &mut planner);
        }
        planner.find_files_used_as_folders();
        (planner.plan, planner.findings)
    }

    /// Adds the file that a host serves for a URL.
    pub fn add_page(&mut self, url: &UrlPath, subject: Subject, origin: &SourcePath) {
        self.add(url.output(), url.as_str(), subject, origin);
    }

    /// Adds a file beside a page.
    pub fn add_beside(&mut self, url: &UrlPath, file_name: &str, subject: Subject, origin: &SourcePath) {
        self.add(url.beside(file_name), url.as_str(), subject, origin);
    }

    /// Adds a file of the output folder's root that stands for the whole site.
    pub fn add_root(&mut self, file_name: &str, subject: Subject) {
        let origin = self.frame.config.path.clone();
        self.add(OutputPath::new(file_name), file_name, subject, &origin);
    }

    fn add(&mut self, path: Option<OutputPath>, wanted: &str, subject: Subject, origin: &SourcePath) {
        let format = self.format.expect("a planner adds only while a format plans");
        let is_free = |path: &OutputPath| path.folded().split('/').next() != Some(MANIFEST);
        let Some(path) = path.filter(is_free) else {
            let message = format!("no file can be named after the address `{}`", wanted.escape_debug());
            let finding = Diagnostic::error("url-unusable", Place::file(origin), message);
            self.findings.push(finding.help("give the page a shorter, plain `slug:`"));
            return;
        };
        if let Some(taken) = self.folded.get(&path.folded()) {
            let taken_by = &self.plan.entries[taken];
            if taken_by.origin == *origin && taken_by.subject == subject {
                return;
            }
            let overlap = if path == *taken { Overlap::Same } else { Overlap::Case };
            let added = Side { path, subject, origin: origin.clone() };
            self.plan.collisions.push(Collision { added, taken: taken_by.side(taken), overlap });
            return;
        }
        self.folded.insert(path.folded(), path.clone());
        self.plan.entries.insert(path, Entry { format, subject, origin: origin.clone() });
    }

    /// `a` and `a/index.html` cannot both be files.
    fn find_files_used_as_folders(&mut self) {
        for (folded, path) in &self.folded {
            let folders = folded.match_indices('/').map(|(at, _)| &folded[..at]);
            for folder in folders {
                if let Some(file) = self.folded.get(folder) {
                    let side = |path: &OutputPath| self.plan.entries[path].side(path);
                    let (added, taken) = (side(path), side(file));
                    self.plan.collisions.push(Collision { added, taken, overlap: Overlap::Folder });
                }
            }
        }
    }
}
