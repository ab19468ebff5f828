using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>Match of one direction of a text protocol.</summary>
internal readonly ref struct DialogueSide
{
    private DialogueSide(SideMatch evidence) => SideMatch = evidence;

    public DialogueSide(LineWeight weight, bool isClient, ReadOnlySpan<byte> first)
    {
        var proof = isClient ? SideMatch.Request : SideMatch.Reply;
        SideMatch = weight == LineWeight.Proof ? proof : SideMatch.Partial;
        IsLikely = weight == LineWeight.Likely;
        IsClient = isClient;
        IsServer = !isClient;
        First = first;
    }

    public static DialogueSide Silence => new(SideMatch.NoData);

    public static DialogueSide Foreign => new(SideMatch.Mismatch);

    public static DialogueSide Unfinished => new(SideMatch.Partial);

    public SideMatch SideMatch { get; }

    /// <summary>True for a likely match without proof.</summary>
    public bool IsLikely { get; }

    public bool IsClient { get; }

    public bool IsServer { get; }

    public ReadOnlySpan<byte> First { get; }
}
