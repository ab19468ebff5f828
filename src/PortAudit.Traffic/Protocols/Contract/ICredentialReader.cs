using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>
/// Reads from the bytes of one protocol how a client proves who it is. It is asked for flows of its protocol only, as
/// proved by bytes. Stateless; it never throws and allocates nothing, whatever the bytes.
/// </summary>
internal interface ICredentialReader
{
    /// <summary>Looks at a datagram, or at the streams of a connection as far as they go, again from their start as
    /// they grow.</summary>
    /// <param name="payload">The bytes and who sent them.</param>
    /// <param name="use">What was seen.</param>
    /// <returns>True when more bytes of the flow would tell nothing more.</returns>
    bool Read(in NamePayload payload, out CredentialUse use);

    /// <summary>How a message begins that is looked at wherever it comes in a connection, segment by segment, once the
    /// start of the streams has been read; empty when what comes later shows nothing.</summary>
    ReadOnlySpan<byte> LaterStart => [];
}
