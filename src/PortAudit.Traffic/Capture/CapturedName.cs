namespace PortAudit.Traffic.Capture;

/// <summary>A name that whoever captured had resolved for an address (draft-ietf-opsawg-pcapng §4.5). It is a claim of the file, not of a packet.</summary>
/// <param name="Address">The address in text form: dotted decimal, or as RFC 5952 writes IPv6.</param>
/// <param name="Name">The name as the capture holds it; escape it before it is shown.</param>
public readonly record struct CapturedName(string Address, string Name);
