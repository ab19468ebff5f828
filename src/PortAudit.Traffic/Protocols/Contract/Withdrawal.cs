using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>That an announced end is used no longer.</summary>
/// <param name="Server">The end.</param>
/// <param name="Transport">Its transport protocol.</param>
/// <param name="LingerNs">How long flows may still begin there, in nanoseconds.</param>
internal readonly record struct Withdrawal(Endpoint Server, IpProtocol Transport, long LingerNs);
