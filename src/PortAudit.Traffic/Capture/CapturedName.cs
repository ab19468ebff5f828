using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Capture;

/// <summary>A name that whoever captured had resolved for an address (draft-ietf-opsawg-pcapng §4.5). It is a claim of the file, not of a packet.</summary>
/// <param name="Address">The address.</param>
/// <param name="Name">The name as the capture holds it; escape it before it is shown.</param>
public readonly record struct CapturedName(IpAddress Address, string Name);
