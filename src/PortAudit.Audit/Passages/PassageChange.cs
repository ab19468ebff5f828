using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Passages;

/// <summary>What a device can change of a connection.</summary>
public enum ChangeKind
{
    /// <summary>Address and port of the originator.</summary>
    Source,

    /// <summary>Address and port of the responder.</summary>
    Destination,

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
        ChangeKind.Source => "source",
        ChangeKind.Destination => "destination",
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
    /// <summary>The changes of a connection.</summary>
    /// <param name="near">Its flow on the originator's side.</param>
    /// <param name="far">Its flow on the responder's side.</param>
    /// <param name="isSameStream">False where a proxy stands between them: nothing but the addresses is
    /// compared.</param>
    internal static ImmutableArray<PassageChange> Of(FlowRecord near, FlowRecord far, bool isSameStream)
    {
        var changes = ImmutableArray.CreateBuilder<PassageChange>();
        Add(changes, ChangeKind.Source, true, near.Originator, far.Originator);
        Add(changes, ChangeKind.Destination, true, near.Responder, far.Responder);
        if (isSameStream && near.Trace is { } nearTrace && far.Trace is { } farTrace)
        {
            AddSide(changes, true, nearTrace.Out, farTrace.Out);
            AddSide(changes, false, farTrace.In, nearTrace.In);
        }

        return changes.ToImmutable();
    }

    private static void AddSide(ImmutableArray<PassageChange>.Builder changes, bool isOut, SideTrace sent,
        SideTrace received)
    {
        if (sent.HopLimit > 0 && received.HopLimit > 0)
            Add(changes, ChangeKind.HopLimit, isOut, sent.HopLimit, received.HopLimit);
        if (SamplePair.Of(sent, received).Exists(pair => pair is { First.Content: > 0, Second.Content: > 0 }
            && pair.First.Content != pair.Second.Content))
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

    private static string Offered(bool isOffered) => isOffered ? "offered" : "none";

    private static void Add<T>(ImmutableArray<PassageChange>.Builder changes, ChangeKind kind, bool isOut, T before,
        T after)
    {
        if (!EqualityComparer<T>.Default.Equals(before, after))
            changes.Add(new PassageChange(kind, isOut, TextOf(before), TextOf(after)));
    }

    private static string TextOf<T>(T value) => Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 }
        text ? text : "none";
}
