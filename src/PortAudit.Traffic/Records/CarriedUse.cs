using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Records;

/// <summary>What kind of use a <see cref="CarriedUse"/> is.</summary>
public enum CarriedKind : byte
{
    /// <summary>An RPC interface that the client asked for and the server accepted (C706 §12.6.4.4).</summary>
    Interface,

    /// <summary>A call of an RPC interface that the server had accepted before.</summary>
    Call,

    /// <summary>A file with the name of a program that was created or replaced on an administrative share of
    /// Windows.</summary>
    Program,

    /// <summary>A share of files or printers, none of the administrative ones, to which the server let the client
    /// connect.</summary>
    Share,

    /// <summary>Names of domains or of their controllers, to which a server referred ([MS-DFSC] 2.2.5.3.2).</summary>
    Referral,

    /// <summary>Bytes that only who attacks sends.</summary>
    Attack,

    /// <summary>An answer over the secure channel that members of a domain have to its controllers ([MS-NRPC]
    /// 1.3).</summary>
    Channel,
}

/// <summary>
/// One use of a connection that carries many services: SMB with its pipes and shares, RPC with its interfaces. Each is
/// kept once for each flow.
/// </summary>
/// <param name="Kind">What kind of use.</param>
/// <param name="Name">Name of the interface, or of the share (<c>ADMIN$</c>); one of a fixed set.</param>
/// <param name="Operation">Number of the call; 0 for any other kind.</param>
/// <param name="Frame">The first frame that shows it.</param>
public readonly record struct CarriedUse(CarriedKind Kind, string Name, ushort Operation, FrameReference Frame)
{
    /// <summary>Name of every <see cref="CarriedKind.Share"/>: what the share is called is not kept.</summary>
    public const string FileShare = "file-share";

    /// <summary>Name of every <see cref="CarriedKind.Referral"/>.</summary>
    public const string DomainReferral = "domain-referral";

    /// <summary>Name of every <see cref="CarriedKind.Channel"/>.</summary>
    public const string NetlogonChannel = "netlogon-channel";

    /// <summary>Name of the <see cref="CarriedKind.Attack"/> on Netlogon with a credential of zeros
    /// (CVE-2020-1472).</summary>
    public const string ZeroCredential = "netlogon-zero-credential";

    /// <summary>Name of the <see cref="CarriedKind.Attack"/> on SQL Browser by the worm SQL Slammer
    /// (CVE-2002-0649).</summary>
    public const string Slammer = "sql-slammer";

    /// <summary>Name of the <see cref="CarriedKind.Attack"/> by fragments of which one begins inside another (RFC 1858
    /// §4; teardrop, CVE-1999-0015).</summary>
    public const string OverlappingFragments = "overlapping-fragments";

    /// <summary>Different uses of a flow that are kept at most: programs call some dozen procedures.</summary>
    public const int MaximumPerFlow = 64;
}
