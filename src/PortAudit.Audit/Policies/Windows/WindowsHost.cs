using System.Collections.Frozen;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>What is known of the host apart from the file. Nothing by default; a caller that knows the host's networks
/// or the organisation's address groups gives them here, and rules that name them are no longer open.</summary>
/// <param name="Addresses">Addresses of keywords (<c>LocalSubnet</c>, <c>DNS</c>) and of named groups (<c>Client</c>),
/// by name in lower-case letters and digits.</param>
internal sealed record WindowsHost(FrozenDictionary<string, IntervalSet<UInt128>> Addresses)
{
    /// <summary>A host of which nothing is known.</summary>
    public static WindowsHost Unknown { get; } = new(FrozenDictionary<string, IntervalSet<UInt128>>.Empty);
}
