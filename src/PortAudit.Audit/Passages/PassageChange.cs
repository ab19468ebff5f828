using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Passages;

/// <summary>What a device can change of a connection but for its addresses and ports.</summary>
public enum ChangeKind
{
    /// <summary>Initial sequence number.</summary>
    SequenceNumber,

    /// <summary>Largest segment that the sender of a SYN or SYN-ACK takes.</summary>
    MaximumSegmentSize,

    /// <summary>Window scale.</summary>
    WindowScale,

    /// <summary>Whether selective acknowledgments are permitted.</summary>
    SelectiveAcknowledgments,

    /// <summary>The timestamp option.</summary>
    Timestamps,

    /// <summary>Time to live or hop limit.</summary>
    HopLimit,

    /// <summary>Content of a message of SIP, DNS or STUN.</summary>
    Content,
}

/// <summary>The words of <see cref="ChangeKind"/>.</summary>
public static class ChangeKindText
{
    /// <summary>The word in machine-readable output.</summary>
    public static string ToText(this ChangeKind kind) => kind switch
    {
        ChangeKind.SequenceNumber => "sequence-number",
        ChangeKind.MaximumSegmentSize => "mss",
        ChangeKind.WindowScale => "window-scale",
        ChangeKind.SelectiveAcknowledgments => "sack-permitted",
        ChangeKind.Timestamps => "timestamps",
        ChangeKind.HopLimit => "ttl",
        ChangeKind.Content => "message-content",
    };
}

/// <summary>Something that is not the same on the two sides of a device.</summary>
/// <param name="Kind">What.</param>
/// <param name="IsOut">True of the originator's packets, false of the responder's.</param>
/// <param name="From">As its sender sent it; empty where the value says nothing.</param>
/// <param name="To">As the receiver got it.</param>
public sealed record PassageChange(ChangeKind Kind, bool IsOut, string From, string To)
{
    // Those of hop limits, of which every connection has four.
    private static readonly string[] Texts =
        [.. Enumerable.Range(0, 256).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    /// <summary>The changes of a connection whose packets passed the device.</summary>
    /// <param name="near">Its flow on the originator's side.</param>
    /// <param name="far">Its flow on the responder's side.</param>
    internal static ImmutableArray<PassageChange> Of(FlowRecord near, FlowRecord far)
    {
        if (near.Trace is not { } nearTrace || far.Trace is not { } farTrace)
            return [];
        var changes = ImmutableArray.CreateBuilder<PassageChange>();
        AddSide(changes, true, nearTrace.Out, farTrace.Out);
        AddSide(changes, false, farTrace.In, nearTrace.In);
        return changes.ToImmutable();
    }

    private static void AddSide(ImmutableArray<PassageChange>.Builder changes, bool isOut, SideTrace sent,
        SideTrace received)
    {
        if (sent.HopLimit > 0 && received.HopLimit > 0)
            Add(changes, ChangeKind.HopLimit, isOut, sent.HopLimit, received.HopLimit);
        if (IsContentChanged(sent, received))
            changes.Add(new PassageChange(ChangeKind.Content, isOut, "", ""));
        if (sent.Opening is not { } before || received.Opening is not { } after)
            return;
        if (before.SequenceNumber != after.SequenceNumber)
            changes.Add(new PassageChange(ChangeKind.SequenceNumber, isOut, "", ""));
        Add(changes, ChangeKind.MaximumSegmentSize, isOut, before.MaximumSegmentSize, after.MaximumSegmentSize);
        Add(changes, ChangeKind.WindowScale, isOut, before.WindowScale, after.WindowScale);
        if (before.PermitsSack != after.PermitsSack)
            changes.Add(new PassageChange(ChangeKind.SelectiveAcknowledgments, isOut, Offered(before.PermitsSack),
                Offered(after.PermitsSack)));
        if (before.Clock != after.Clock)
            changes.Add(new PassageChange(ChangeKind.Timestamps, isOut, Offered(before.Clock is not null),
                after.Clock is null ? "none" : before.Clock is null ? "offered" : "other clock"));
    }

    private static bool IsContentChanged(SideTrace sent, SideTrace received)
    {
        foreach (var (one, other) in new SamplePairs(sent, received))
        {
            if (one.Content != 0 && other.Content != 0 && one.Content != other.Content)
                return true;
        }

        return false;
    }

    private static string Offered(bool isOffered) => isOffered ? "offered" : "none";

    private static void Add(ImmutableArray<PassageChange>.Builder changes, ChangeKind kind, bool isOut, int? before,
        int? after)
    {
        if (before != after)
            changes.Add(new PassageChange(kind, isOut, TextOf(before), TextOf(after)));
    }

    private static string TextOf(int? value) => value switch
    {
        null => "none",
        >= 0 and < 256 and var number => Texts[number],
        _ => value.Value.ToString(CultureInfo.InvariantCulture),
    };
}
