using System.Collections.Immutable;

namespace PortAudit.Traffic.Capture;

/// <summary>What a capture contains besides frames, and its damage. Each list has a limit; excess entries are
/// counted.</summary>
public sealed record CaptureAnnotations
{
    /// <summary>Damaged ranges listed: enough to show a pattern.</summary>
    public const int MaximumDamages = 100;

    /// <summary>Comments kept.</summary>
    public const int MaximumComments = 1000;

    /// <summary>Bytes kept of a comment.</summary>
    public const int MaximumCommentLength = 4096;

    /// <summary>Names of addresses kept.</summary>
    public const int MaximumNames = 10_000;

    /// <summary>Bytes of the longest name kept: DNS names have at most 253 characters (RFC 1035 §2.3.4).</summary>
    public const int MaximumNameLength = 255;

    /// <summary>Writers kept; merged files repeat a few.</summary>
    public const int MaximumWriters = 16;

    /// <summary>Outages listed: enough to show a pattern.</summary>
    public const int MaximumOutages = 1000;

    /// <summary>Nothing recorded, no damage.</summary>
    public static CaptureAnnotations None { get; } = new();

    /// <summary>Damaged ranges that were skipped, in reading order. Where reading stopped is in
    /// <see cref="CaptureEnd"/>.</summary>
    public ImmutableArray<CaptureDamage> Damages { get; init; } = [];

    /// <summary>Damaged ranges beyond those listed.</summary>
    public long DamagesNotListed { get; init; }

    /// <summary>Interface statistics in the capture, by index.</summary>
    public ImmutableArray<InterfaceStatistics> Drops { get; init; } = [];

    /// <summary>Packets lost before they reached the capture, over all interfaces that report it; null when none does,
    /// which is not zero.</summary>
    public long? Dropped => Drops.Aggregate((long?)null,
        (sum, drops) => drops.Dropped is { } lost ? InterfaceStatistics.AddSaturated(sum ?? 0, lost) : sum);

    /// <summary>Outages of interfaces, by start.</summary>
    public ImmutableArray<CaptureOutage> Outages { get; init; } = [];

    /// <summary>Outages beyond those listed.</summary>
    public long OutagesNotListed { get; init; }

    /// <summary>Names of addresses, distinct, in ordinal order of address and name.</summary>
    public ImmutableArray<CapturedName> Names { get; init; } = [];

    /// <summary>Names not kept: beyond the limit, or too long.</summary>
    public long NamesNotKept { get; init; }

    /// <summary>Comments in file order.</summary>
    public ImmutableArray<CaptureComment> Comments { get; init; } = [];

    /// <summary>Comments beyond those kept.</summary>
    public long CommentsNotKept { get; init; }

    /// <summary>Writers of the sections, distinct, in file order.</summary>
    public ImmutableArray<CaptureWriter> Writers { get; init; } = [];

    /// <summary>Sections with a writer beyond the first <see cref="MaximumWriters"/>.</summary>
    public long WritersNotKept { get; init; }

    /// <summary>Irregularities in records that were read anyway, in one sentence; null without any.</summary>
    public string? Oddity { get; init; }

    /// <summary>The annotations with lists replaced by counts, and lost packets summed over interfaces.</summary>
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

/// <summary>Subject of a comment in a capture.</summary>
public enum CommentSubject
{
    /// <summary>A section of the file, or the whole file.</summary>
    Section,

    /// <summary>An interface.</summary>
    Interface,

    /// <summary>A frame.</summary>
    Frame,
}

/// <summary>A comment in a capture (draft-ietf-opsawg-pcapng §3.5, <c>opt_comment</c>).</summary>
/// <param name="Subject">Its subject.</param>
/// <param name="Number">Section number from 1, interface index, or frame number.</param>
/// <param name="Text">The text, cut at <see cref="CaptureAnnotations.MaximumCommentLength"/>; escape it for
/// display.</param>
public sealed record CaptureComment(CommentSubject Subject, long Number, string Text);

/// <summary>Writer of a pcapng section (draft-ietf-opsawg-pcapng §4.1); null where not recorded.</summary>
/// <param name="Hardware">The machine (<c>shb_hardware</c>).</param>
/// <param name="OperatingSystem">Its operating system (<c>shb_os</c>).</param>
/// <param name="Application">The program (<c>shb_userappl</c>).</param>
public sealed record CaptureWriter(string? Hardware, string? OperatingSystem, string? Application);

/// <summary>A name resolved by the capturing program (draft-ietf-opsawg-pcapng §4.5): stated by the file, not by a
/// packet.</summary>
/// <param name="Address">The address as text: dotted decimal, or RFC 5952 for IPv6.</param>
/// <param name="Name">The name; escape it for display.</param>
public readonly record struct CapturedName(string Address, string Name);
