using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Learned;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Site;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Saving;

/// <summary>
/// A directory in which an audit is saved repeatedly as one file, complete at any time: the new state is written next
/// to it, flushed, and renamed. Locked by one program at a time. A state that cannot be loaded is kept under another
/// name. Methods return messages for a log.
/// </summary>
public sealed class StateDirectory : IDisposable
{
    /// <summary>Name of the state in the directory.</summary>
    public const string FileName = "audit.state";

    private const string LockName = "audit.lock";
    private const string PartialName = FileName + ".partial";

    /// <summary>Saved states of one second that are kept aside.</summary>
    private const int MaximumAside = 100;

    private readonly string _path;
    private readonly FileStream _lock;

    private StateDirectory(string path, FileStream held) => (_path, _lock) = (path, held);

    private string StatePath => Path.Combine(_path, FileName);

    private string PartialPath => Path.Combine(_path, PartialName);

    /// <summary>Makes the directory where it is not there, and locks it until it is disposed of; what a program left
    /// half written is removed. The system lets go of the lock of a program that was killed.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="directory">The directory; null when another program uses it, or it cannot be written.</param>
    /// <param name="problem">Why not; empty when it can.</param>
    public static bool TryOpen(string path, [NotNullWhen(true)] out StateDirectory? directory, out string problem)
    {
        (directory, problem) = (null, "");
        try
        {
            Directory.CreateDirectory(path);
            directory = new StateDirectory(path, new FileStream(Path.Combine(path, LockName), FileMode.OpenOrCreate,
                FileAccess.ReadWrite, FileShare.None));
            File.Delete(directory.PartialPath);
        }
        catch (Exception error)
            when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            directory?.Dispose();
            directory = null;
            problem = $"{path}: another program saves its audit there, or it cannot be written: {error.Message}";
        }

        return directory is not null;
    }

    /// <summary>Takes up the audit that was saved there. One that is damaged or does not suit is kept under another
    /// name, and a new one begins.</summary>
    /// <param name="catalogs">The catalogs.</param>
    /// <param name="site">The site.</param>
    /// <param name="withTimelines">As for a new <see cref="Auditor"/>.</param>
    /// <param name="policies">Firewalls whose configuration is compared.</param>
    /// <param name="saved">The audit; null when a new one begins.</param>
    /// <param name="message">What was done, or what is wrong.</param>
    /// <param name="learning">The baseline to compare with; null for none.</param>
    /// <returns>False when a state is there that can neither be read nor kept: nothing shall be saved over
    /// it.</returns>
    public bool TryLoad(CatalogSet catalogs, SiteFile site, bool withTimelines, ImmutableArray<BoundPolicy> policies,
        out SavedAudit? saved, out string message, LearningOptions? learning = null)
    {
        saved = null;
        try
        {
            if (!File.Exists(StatePath))
            {
                message = $"{StatePath}: no saved audit; a new one begins";
                return true;
            }

            message = TryRead(catalogs, site, withTimelines, policies, learning, out saved, out var problem)
                ? $"{StatePath}: continuing an audit of {Quantity.Of(saved.Observation.Captures.Length, "capture")}, "
                    + $"saved by version {saved.Program}"
                : $"{StatePath}: {problem.Text}; it is kept as {KeepAside(problem)}, and a new audit begins";
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            message = $"{StatePath}: cannot be read, or kept under another name: {error.Message}";
            return false;
        }
    }

    /// <summary>Saves an audit, replacing the previous one.</summary>
    /// <param name="auditor">What was judged.</param>
    /// <param name="observation">What was read.</param>
    /// <param name="program">Version of the program.</param>
    /// <param name="message">What was done, or what is wrong.</param>
    /// <returns>False if saving failed; the previous state is unchanged.</returns>
    public bool TrySave(Auditor auditor, ObservationSummary observation, string program, out string message)
    {
        try
        {
            long length;
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var stream = new FileStream(PartialPath, options))
            {
                AuditState.Save(auditor, observation, program, stream);
                stream.Flush(flushToDisk: true);
                length = stream.Length;
            }

            File.Move(PartialPath, StatePath, overwrite: true);
            FlushName();
            message = $"{StatePath}: saved the audit ({Quantity.Of(length, "byte")})";
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            message = $"{StatePath}: the audit cannot be saved: {error.Message}";
            return false;
        }
    }

    /// <summary>Lets others use the directory.</summary>
    public void Dispose() => _lock.Dispose();

    private bool TryRead(CatalogSet catalogs, SiteFile site, bool withTimelines, ImmutableArray<BoundPolicy> policies,
        LearningOptions? learning, [NotNullWhen(true)] out SavedAudit? saved,
        [NotNullWhen(false)] out StateProblem? problem)
    {
        using var stream = new FileStream(StatePath, FileMode.Open, FileAccess.Read, FileShare.Read);
        return AuditState.TryLoad(stream, catalogs, site, withTimelines, policies, out saved, out problem,
            learning);
    }

    /// <summary>Gives the state another name, with the time at which it was written, and returns that.</summary>
    private string KeepAside(StateProblem problem)
    {
        var written = File.GetLastWriteTimeUtc(StatePath);
        var name = string.Create(CultureInfo.InvariantCulture,
            $"{FileName}.{(problem.IsDamage ? "damaged" : "unsuitable")}-{written:yyyyMMdd'T'HHmmss'Z'}");
        var aside = Enumerable.Range(1, MaximumAside)
            .Select(number => number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"))
            .FirstOrDefault(free => !File.Exists(Path.Combine(_path, free)))
            ?? throw new IOException($"too many of the name {name} are kept");
        File.Move(StatePath, Path.Combine(_path, aside));
        return aside;
    }

    /// <summary>
    /// Flushes the file under its new name. The framework opens no directories, and none need be: the journals of usual
    /// file systems commit a change of name with the file that it is of. Where one does not, a loss of power brings
    /// back the state before, which is whole.
    /// </summary>
    private void FlushName()
    {
        using var handle = File.OpenHandle(StatePath, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }
}
