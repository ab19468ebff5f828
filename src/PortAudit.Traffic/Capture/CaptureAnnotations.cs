using System.Collections.Immutable;

namespace PortAudit.Traffic.Capture;

/// <summary>
/// What a capture tells besides its frames, and where it is damaged. Each list has a limit; what came beyond it is
/// counted.
/// </summary>
public sealed record CaptureAnnotations
{
    /// <summary>Damaged places listed: enough to see their pattern.</summary>
    public const int MaximumDamages = 100;

    /// <summary>Comments kept.</summary>
    public const int MaximumComments = 1000;

    /// <summary>Bytes of a comment that are kept at most.</summary>
    public const int MaximumCommentLength = 4096;

    /// <summary>Names of addresses kept.</summary>
    public const int MaximumNames = 10_000;

    /// <summary>Bytes of a name beyond which it is not kept: DNS names end at 253 characters (RFC 1035
    /// §2.3.4).</summary>
    public const int MaximumNameLength = 255;

    /// <summary>Writers kept; a file merged of many names the same few.</summary>
    public const int MaximumWriters = 16;

    /// <summary>Outages listed: enough to see their pattern.</summary>
    public const int MaximumOutages = 1000;

    /// <summary>Nothing told, nothing damaged.</summary>
    public static CaptureAnnotations None { get; } = new();

    /// <summary>Damaged places behind which reading went on, in the order of reading. The place at which reading
    /// stopped is <see cref="CaptureEnd"/>'s.</summary>
    public ImmutableArray<CaptureDamage> Damages { get; init; } = [];

    /// <summary>Damaged places beyond those listed.</summary>
    public long DamagesNotListed { get; init; }

    /// <summary>Statistics of the interfaces that the capture has any for, by index.</summary>
    public ImmutableArray<InterfaceStatistics> Drops { get; init; } = [];

    /// <summary>Packets that were lost before they reached the capture, all interfaces that say so together; null when
    /// none does, which is not zero.</summary>
    public long? Dropped => Drops.Aggregate((long?)null,
        (sum, drops) => drops.Dropped is { } lost ? InterfaceStatistics.AddSaturated(sum ?? 0, lost) : sum);

    /// <summary>Times in which interfaces were away, in the order of their beginnings.</summary>
    public ImmutableArray<CaptureOutage> Outages { get; init; } = [];

    /// <summary>Outages beyond those listed.</summary>
    public long OutagesNotListed { get; init; }

    /// <summary>Names of addresses, each pair once, in ordinal order of address and name.</summary>
    public ImmutableArray<CapturedName> Names { get; init; } = [];

    /// <summary>Names that were not kept: beyond the limit, or too long.</summary>
    public long NamesNotKept { get; init; }

    /// <summary>Comments in the order of the file.</summary>
    public ImmutableArray<CaptureComment> Comments { get; init; } = [];

    /// <summary>Comments beyond those kept.</summary>
    public long CommentsNotKept { get; init; }

    /// <summary>Who wrote the sections, each once, in the order of the file.</summary>
    public ImmutableArray<CaptureWriter> Writers { get; init; } = [];

    /// <summary>Sections whose writer was not kept: another than the first <see cref="MaximumWriters"/>.</summary>
    public long WritersNotKept { get; init; }

    /// <summary>What is odd of records that were read all the same, in one sentence; null when nothing is.</summary>
    public string? Oddity { get; init; }

    /// <summary>The same with everything counted that was listed; lost packets of all interfaces together.</summary>
    internal CaptureAnnotations WithoutDetail() => new()
    {
        DamagesNotListed = DamagesNotListed + Damages.Length,
        Drops = Dropped is { } dropped ? [new InterfaceStatistics(0, null) { LostBetweenPackets = dropped }] : [],
        NamesNotKept = NamesNotKept + Names.Length,
        CommentsNotKept = CommentsNotKept + Comments.Length,
        WritersNotKept = WritersNotKept + Writers.Length,
        Oddity = Oddity,
    };
}

/// <summary>What a comment of a capture is about.</summary>
public enum CommentSubject
{
    /// <summary>A section of the file, or the whole file.</summary>
    Section,

    /// <summary>An interface.</summary>
    Interface,

    /// <summary>A frame.</summary>
    Frame,
}

/// <summary>A comment that a capture holds (draft-ietf-opsawg-pcapng §3.5, <c>opt_comment</c>).</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Number">Number of the section, the first is 1; index of the interface; or frame number.</param>
/// <param name="Text">The text as the capture holds it, cut at <see cref="CaptureAnnotations.MaximumCommentLength"/>;
/// escape it before it is shown.</param>
public sealed record CaptureComment(CommentSubject Subject, long Number, string Text);

/// <summary>What a section of a pcapng file says of its writer (draft-ietf-opsawg-pcapng §4.1); null where it is
/// silent.</summary>
/// <param name="Hardware">The machine (<c>shb_hardware</c>).</param>
/// <param name="OperatingSystem">Its operating system (<c>shb_os</c>).</param>
/// <param name="Application">The program that wrote the section (<c>shb_userappl</c>).</param>
public sealed record CaptureWriter(string? Hardware, string? OperatingSystem, string? Application);

/// <summary>A name that whoever captured had resolved for an address (draft-ietf-opsawg-pcapng §4.5). It is a claim of
/// the file, not of a packet.</summary>
/// <param name="Address">The address in text form: dotted decimal, or as RFC 5952 writes IPv6.</param>
/// <param name="Name">The name as the capture holds it; escape it before it is shown.</param>
public readonly record struct CapturedName(string Address, string Name);
