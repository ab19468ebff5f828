using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>What one direction of a text protocol shows.</summary>
internal readonly ref struct DialogueSide
{
    private DialogueSide(SideMatch evidence) => SideMatch = evidence;

    /// <summary>Whole lines of one side.</summary>
    public DialogueSide(LineWeight weight, bool isClient, ReadOnlySpan<byte> first)
    {
        var proof = isClient ? SideMatch.Request : SideMatch.Reply;
        SideMatch = weight == LineWeight.Proof ? proof : SideMatch.Partial;
        IsLikely = weight == LineWeight.Likely;
        IsClient = isClient;
        IsServer = !isClient;
        First = first;
    }

    /// <summary>No bytes.</summary>
    public static DialogueSide Silence => new(SideMatch.NoData);

    /// <summary>Something else.</summary>
    public static DialogueSide Foreign => new(SideMatch.Mismatch);

    /// <summary>The beginning of a line.</summary>
    public static DialogueSide Unfinished => new(SideMatch.Partial);

    /// <summary>What it proves.</summary>
    public SideMatch SideMatch { get; }

    /// <summary>True when it is likely this protocol, without proof.</summary>
    public bool IsLikely { get; }

    /// <summary>True when its lines are a client's.</summary>
    public bool IsClient { get; }

    /// <summary>True when its lines are a server's.</summary>
    public bool IsServer { get; }

    /// <summary>Its first line.</summary>
    public ReadOnlySpan<byte> First { get; }
}
