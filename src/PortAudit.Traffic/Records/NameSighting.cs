using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Records;

/// <summary>A name of an address that was seen on the way. It is data from the network: it may be wrong or forged, is
/// escaped where it is shown, and judges nothing.</summary>
/// <param name="Address">The address.</param>
/// <param name="Name">The name in lower case, without control characters, at most <see cref="NameText.MaximumLength"/>
/// characters.</param>
/// <param name="Ground">What it rests on.</param>
/// <param name="Sightings">Datagrams and connections that told it; captures, where it rests on
/// <see cref="NameGround.Pcapng"/>.</param>
/// <param name="FirstNs">Time of the first of them, in nanoseconds since the Unix epoch; null where captures have it
/// from elsewhere.</param>
/// <param name="LastNs">Time of the last of them.</param>
public sealed record NameSighting(IpAddress Address, string Name, NameGround Ground, long Sightings, long? FirstNs,
    long? LastNs);
