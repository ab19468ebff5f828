namespace PortAudit.Traffic.Wire;

/// <summary>What an IP header says of a fragment (RFC 791 §3.1; RFC 8200 §4.5), and where its data stand in the
/// frame.</summary>
/// <param name="Identification">The datagram's number, which its fragments share.</param>
/// <param name="Header">Number of the header with which the whole datagram's data begin.</param>
/// <param name="Position">Where the data belong in the whole datagram, in bytes: a multiple of 8.</param>
/// <param name="MoreFollow">False for the last fragment.</param>
/// <param name="Offset">Offset of the data in the frame's bytes.</param>
/// <param name="Length">Captured bytes of the data.</param>
/// <param name="WireLength">Bytes of the data on the wire.</param>
internal readonly record struct IpFragment(uint Identification, byte Header, int Position, bool MoreFollow, int Offset,
    int Length, int WireLength)
{
    /// <summary>Where in the whole datagram the data end, in bytes.</summary>
    public int End => Position + WireLength;
}
