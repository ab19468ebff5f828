using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Finds insecure authentication in the payload of one protocol. Called only for flows proved to be of it.
/// Stateless; never throws and allocates nothing.</summary>
internal interface ICredentialReader
{
    /// <summary>Reads a datagram, or the streams of a connection, each time from their start as they grow.</summary>
    /// <param name="payload">The bytes and their sender.</param>
    /// <param name="use">The methods found.</param>
    /// <returns>True when further bytes of the flow are irrelevant.</returns>
    bool Read(in NamePayload payload, out CredentialUse use);

    /// <summary>Start of a message to examine anywhere in a connection, segment by segment, after the start of the
    /// streams was read; empty when later messages are irrelevant.</summary>
    ReadOnlySpan<byte> LaterStart => [];
}
