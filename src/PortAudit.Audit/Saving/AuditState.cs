using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Learned;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Audit.Trends;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Saving;

/// <summary>
/// Saves an audit and takes it up again (docs/decisions/022-saved-state.md): the auditor says afterwards what it would
/// have said without the interruption. A state is magic number and version of the format, the compressed body, the
/// body's length, and the SHA-256 of all that (numbers little-endian). The same audit gives the same bytes.
/// </summary>
public static class AuditState
{
    /// <summary>Version of the format. It grows whenever what is saved changes, names of enumerations and their order
    /// included.</summary>
    public const int FormatVersion = 19;

    /// <summary>Bytes of a saved audit, packed or not; full ledgers were measured at a small part of it.</summary>
    public const int MaximumBytes = StateSaving.MaximumBytes;

    private const string TooLarge = "it is larger than declared or allowed";
    private const int VersionLength = sizeof(int);
    private const int TrailerLength = sizeof(long) + SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Magic => "PortAudit state\n"u8;

    /// <summary>Saves an audit.</summary>
    /// <param name="auditor">What was judged; it is not changed.</param>
    /// <param name="observation">What was read, of which the judged flows are.</param>
    /// <param name="program">Version of the program, for later inspection.</param>
    /// <param name="stream">Takes the state; it stays open.</param>
    /// <exception cref="IOException">The stream does not take it, or the state is larger than
    /// <see cref="MaximumBytes"/>.</exception>
    public static void Save(Auditor auditor, ObservationSummary observation, string program, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(auditor);
        using var hash = SHA256.Create();
        using (var hashed = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
        {
            hashed.Write(Magic);
            Write(hashed, FormatVersion);
            Write(hashed, WriteBody(auditor, observation, program, hashed));
        }

        stream.Write(hash.Hash);
    }

    /// <summary>Takes up an audit. The stream is read to its end.</summary>
    /// <param name="stream">A state.</param>
    /// <param name="catalogs">The catalogs by which the audit shall go on.</param>
    /// <param name="site">The site.</param>
    /// <param name="withTimelines">As for a new <see cref="Auditor"/>.</param>
    /// <param name="policies">Firewalls whose configuration is compared.</param>
    /// <param name="saved">The audit; null when it cannot be taken up.</param>
    /// <param name="problem">Why not; null when it can.</param>
    /// <param name="learning">The baseline to compare with; null for none.</param>
    /// <param name="before">The observation before it, when audits of several are united: its captures and
    /// announcements are numbered on from there.</param>
    /// <param name="by">As for a new <see cref="Auditor"/>; a state is the same for all periods.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static bool TryLoad(
        Stream stream, CatalogSet catalogs, SiteFile site, bool withTimelines, ImmutableArray<BoundPolicy> policies,
        [NotNullWhen(true)] out SavedAudit? saved, [NotNullWhen(false)] out StateProblem? problem,
        LearningOptions? learning = null, ObservationSummary? before = null,
        TrendPeriod? by = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        (saved, problem) = (null, null);
        try
        {
            var file = ReadAtMost(stream, MaximumBytes);
            problem = WhyNotReadable(file.Span);
            if (problem is null)
                saved = ReadBody(Decompressed(file),
                    new Auditor(catalogs, site, withTimelines, policies, learning: learning, by: by), before,
                    out problem);
        }
        catch (InvalidDataException damage)
        {
            problem = new StateProblem(IsDamage: true, damage.Message);
        }

        return saved is not null;
    }

    private static long WriteBody(Auditor auditor, ObservationSummary observation, string program, Stream stream)
    {
        using var compressed = new ZLibStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        var saving = new StateSaving(auditor.Knowledge, compressed);
        StateOrigin.Persisted(saving, auditor.Origin);
        Content(saving, auditor, program, observation);
        saving.Flush();
        return saving.Length;
    }

    private static SavedAudit? ReadBody(ReadOnlyMemory<byte> body, Auditor auditor, ObservationSummary? before,
        out StateProblem? problem)
    {
        var loading = new StateLoading(auditor.Knowledge, body)
        {
            CapturesBefore = before?.Captures.Length ?? 0,
            AnnouncementsBefore = before?.NextAnnouncement - 1 ?? 0,
        };
        var why = auditor.Origin.WhyApart(StateOrigin.Persisted(loading, null));
        problem = why is null ? null : new StateProblem(IsDamage: false, why);
        if (why is not null)
            return null;
        var saved = Content(loading, auditor, "", null);
        loading.Require(loading.IsAtEnd, "there are extra bytes after the state");
        return saved;
    }

    private static SavedAudit Content(StateArchive archive, Auditor auditor, string program,
        ObservationSummary? observation)
    {
        var by = archive.Text(program);
        var read = archive.Observation(observation);
        ((IArchived)auditor).Persist(archive);
        return new SavedAudit(by, auditor, read);
    }

    private static StateProblem? WhyNotReadable(ReadOnlySpan<byte> file)
    {
        var headLength = Magic.Length + VersionLength;
        if (!file.StartsWith(Magic) || file.Length < headLength)
            return new StateProblem(IsDamage: true, "it is not a saved audit");
        var version = BinaryPrimitives.ReadInt32LittleEndian(file[Magic.Length..]);
        if (version != FormatVersion)
            return new StateProblem(IsDamage: false, string.Create(CultureInfo.InvariantCulture,
                $"its format version is {version}, and this program reads version {FormatVersion}"));
        if (file.Length < headLength + TrailerLength || !SHA256.HashData(file[..^SHA256.HashSizeInBytes]).AsSpan()
            .SequenceEqual(file[^SHA256.HashSizeInBytes..]))
            return new StateProblem(IsDamage: true, "it is truncated or changed: the checksum differs");
        return null;
    }

    private static ReadOnlyMemory<byte> Decompressed(ReadOnlyMemory<byte> file)
    {
        var length = BinaryPrimitives.ReadInt64LittleEndian(file.Span[^TrailerLength..]);
        if (length is < 0 or > MaximumBytes)
            throw new InvalidDataException(TooLarge);
        using var compressed =
            new MemoryStream(file[(Magic.Length + VersionLength)..^TrailerLength].ToArray(), writable: false);
        using var decompressing = new ZLibStream(compressed, CompressionMode.Decompress);
        var body = ReadAtMost(decompressing, (int)length);
        return body.Length == length ? body : throw new InvalidDataException("it is smaller than declared");
    }

    private static ReadOnlyMemory<byte> ReadAtMost(Stream stream, int maximum)
    {
        var read = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (var length = stream.Read(buffer); length > 0; length = stream.Read(buffer))
        {
            if (length > maximum - read.Length)
                throw new InvalidDataException(TooLarge);
            read.Write(buffer, 0, length);
        }

        return read.GetBuffer().AsMemory(0, (int)read.Length);
    }

    private static void Write(Stream stream, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        stream.Write(bytes);
    }

    private static void Write(Stream stream, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        stream.Write(bytes);
    }
}
