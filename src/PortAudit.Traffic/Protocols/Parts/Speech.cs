using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>What one direction of a text protocol shows.</summary>
internal readonly ref struct Speech
{
    private Speech(Evidence evidence) => Evidence = evidence;

    /// <summary>Whole lines of one side.</summary>
    public Speech(LineWeight weight, bool isClient, ReadOnlySpan<byte> first)
    {
        var proof = isClient ? Evidence.Request : Evidence.Reply;
        Evidence = weight == LineWeight.Proof ? proof : Evidence.Unfinished;
        IsLikely = weight == LineWeight.Likely;
        IsClient = isClient;
        IsServer = !isClient;
        First = first;
    }

    /// <summary>No bytes.</summary>
    public static Speech Silence => new(Evidence.Silence);

    /// <summary>Something else.</summary>
    public static Speech Foreign => new(Evidence.Foreign);

    /// <summary>The beginning of a line.</summary>
    public static Speech Unfinished => new(Evidence.Unfinished);

    /// <summary>What it proves.</summary>
    public Evidence Evidence { get; }

    /// <summary>True when it is likely this protocol, without proof.</summary>
    public bool IsLikely { get; }

    /// <summary>True when its lines are a client's.</summary>
    public bool IsClient { get; }

    /// <summary>True when its lines are a server's.</summary>
    public bool IsServer { get; }

    /// <summary>Its first line.</summary>
    public ReadOnlySpan<byte> First { get; }
}
