//! `yingbi backup` and `yingbi restore`: a site in one archive, and back.

use std::io::{self, Write as _};

use super::{
    arguments::{Backup, Restore},
    exit::{Exit, Failure},
    terminal::Terminal,
};
use crate::{
    diagnostic::{Diagnostic, Language},
    folder::{
        StateFolder,
        backup::{self, BackupFault, LIMITS},
    },
};

/// Packs the site; what was left out is told, and makes the exit code 1.
pub(super) fn backup(options: &Backup, terminal: &Terminal) -> Result<Exit, Failure> {
    let history = if options.history {
        let state = StateFolder::find(options.state.as_deref(), |name| std::env::var_os(name));
        Some(state.map_err(|fault| Failure::of(Exit::NO_INPUT, &fault))?)
    } else {
        None
    };
    let backup = backup::Backup {
        site: &options.site,
        history: history.as_deref(),
        to: &options.output,
    };
    let packed = backup.write().map_err(|fault| failed(&fault))?;
    let left_out = packed.left_out.iter();
    let left_out: Vec<_> = left_out
        .map(|fault| Diagnostic::of_file(options.site.display().to_string().into(), fault))
        .collect();
    terminal.problems(&left_out);
    let (files, to) = (packed.files, options.output.display());
    let (size, archive) = (megabytes(packed.bytes), megabytes(packed.packed));
    let out = &mut io::stdout().lock();
    match terminal.language() {
        Language::Chinese => writeln!(out, "已备份 {files} 个文件，共 {size} MB；备份文件 {to}，{archive} MB")?,
        Language::English => writeln!(out, "packed {files} file(s), {size} MB, into {to}, {archive} MB")?,
    }
    Ok(if left_out.is_empty() {
        Exit::DONE
    } else {
        Exit::PROBLEMS
    })
}

/// Brings a site back.
pub(super) fn restore(options: &Restore, terminal: &Terminal) -> Result<Exit, Failure> {
    let restore = backup::Restore {
        archive: &options.archive,
        to: &options.to,
        history: options.history.as_deref(),
        force: options.force,
        limits: LIMITS,
    };
    let restored = restore.run().map_err(|fault| failed(&fault))?;
    let (files, size, to) = (restored.files, megabytes(restored.bytes), options.to.display());
    let out = &mut io::stdout().lock();
    match terminal.language() {
        Language::Chinese => writeln!(out, "已恢复 {files} 个文件，共 {size} MB，均与备份时一致：{to}")?,
        Language::English => writeln!(
            out,
            "restored {files} file(s), {size} MB, all as they were packed: {to}"
        )?,
    }
    if let Some(aside) = &restored.aside {
        match terminal.language() {
            Language::Chinese => writeln!(out, "原有内容已移至 {}", aside.display())?,
            Language::English => writeln!(out, "what was there before is in {}", aside.display())?,
        }
    }
    match (restored.history, restored.history_there, terminal.language()) {
        (0, 0, _) => {}
        (0, _, Language::Chinese) => writeln!(out, "备份中另有播出记录，加 --history 文件夹 即可恢复")?,
        (0, _, Language::English) => writeln!(out, "the journal in it was left out; --history DIR brings it back")?,
        (count, _, Language::Chinese) => writeln!(out, "已恢复播出记录，{count} 个文件")?,
        (count, _, Language::English) => writeln!(out, "restored the journal, {count} file(s)")?,
    }
    Ok(Exit::DONE)
}

/// The code of an archive that cannot be used is 1, as that of a site with problems.
fn failed(fault: &BackupFault) -> Failure {
    let exit = match fault {
        BackupFault::Folder(_) | BackupFault::Read { .. } => Exit::NO_INPUT,
        BackupFault::InsideSite(_) => Exit::USAGE,
        BackupFault::Write { .. } | BackupFault::NotEmpty(_) => Exit::CANNOT_CREATE,
        fault if fault.is_of_the_archive() => Exit::PROBLEMS,
        _ => Exit::IO,
    };
    Failure::of(exit, fault)
}

/// `4.2`
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{}", tenths / 10, tenths % 10)
}
