using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Records;

/// <summary>Kind of a <see cref="CarriedUse"/>.</summary>
public enum CarriedKind : byte
{
    /// <summary>An RPC interface requested by the client and accepted by the server (C706 §12.6.4.4).</summary>
    Interface,

    /// <summary>A call of an accepted RPC interface.</summary>
    Call,

    /// <summary>A program file created or replaced on an administrative Windows share.</summary>
    Program,

    /// <summary>Connection to a file or printer share, other than administrative ones.</summary>
    Share,

    /// <summary>Names of domains or controllers in a referral ([MS-DFSC] 2.2.5.3.2).</summary>
    Referral,

    /// <summary>Bytes that only attackers send.</summary>
    Attack,

    /// <summary>A response over the secure channel between a domain member and its controller ([MS-NRPC]
    /// 1.3).</summary>
    Channel,
}

/// <summary>One use of a connection that carries many services: SMB with pipes and shares, RPC with interfaces. Each is
/// kept once per flow.</summary>
/// <param name="Kind">What kind of use.</param>
/// <param name="Name">Name of the interface, or of the share (<c>ADMIN$</c>); one of a fixed set.</param>
/// <param name="Operation">Number of the call; 0 for other kinds.</param>
/// <param name="Frame">The first frame that shows it.</param>
public readonly record struct CarriedUse(CarriedKind Kind, string Name, ushort Operation, FrameReference Frame)
{
    /// <summary>Name of every <see cref="CarriedKind.Share"/>: the share's own name is not kept.</summary>
    public const string FileShare = "file-share";

    /// <summary>Name of every <see cref="CarriedKind.Referral"/>.</summary>
    public const string DomainReferral = "domain-referral";

    /// <summary>Name of every <see cref="CarriedKind.Channel"/>.</summary>
    public const string NetlogonChannel = "netlogon-channel";

    /// <summary>The <see cref="CarriedKind.Attack"/> on Netlogon with a credential of zeros (CVE-2020-1472).</summary>
    public const string ZeroCredential = "netlogon-zero-credential";

    /// <summary>The <see cref="CarriedKind.Attack"/> on SQL Browser by the worm SQL Slammer (CVE-2002-0649).</summary>
    public const string Slammer = "sql-slammer";

    /// <summary>The <see cref="CarriedKind.Attack"/> by overlapping fragments (RFC 1858 §4; teardrop,
    /// CVE-1999-0015).</summary>
    public const string OverlappingFragments = "overlapping-fragments";

    /// <summary>Different uses kept per flow: programs call a few dozen procedures.</summary>
    public const int MaximumPerFlow = 64;
}
