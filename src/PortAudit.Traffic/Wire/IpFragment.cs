namespace PortAudit.Traffic.Wire;

/// <summary>Fragment fields of an IP header (RFC 791 §3.1; RFC 8200 §4.5), and the position of the data in the
/// frame.</summary>
/// <param name="Identification">Number shared by the fragments of a datagram.</param>
/// <param name="Header">Number of the header at the start of the datagram's data.</param>
/// <param name="Position">Offset of the data in the datagram, in bytes: a multiple of 8.</param>
/// <param name="MoreFollow">False for the last fragment.</param>
/// <param name="Offset">Offset of the data in the frame's bytes.</param>
/// <param name="Length">Captured bytes of the data.</param>
/// <param name="WireLength">Bytes of the data on the wire.</param>
internal readonly record struct IpFragment(uint Identification, byte Header, int Position, bool MoreFollow, int Offset,
    int Length, int WireLength)
{
    /// <summary>Offset of the end of the data in the datagram, in bytes.</summary>
    public int End => Position + WireLength;
}
