namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>
/// Reads from the bytes of one protocol which addresses have which names. It is asked for flows of its protocol only,
/// as proved by bytes. Stateless; it never throws and allocates nothing, whatever the bytes.
/// </summary>
internal interface INameReader
{
    /// <summary>
    /// Notes the names in a datagram, or in the streams of a connection as far as they go: these are read again from
    /// their start as they grow, and what the last reading notes counts.
    /// </summary>
    /// <param name="payload">The bytes and who sent them.</param>
    /// <param name="notes">Takes the names.</param>
    /// <returns>True when more bytes of the flow would tell nothing more.</returns>
    bool Read(in NamePayload payload, NameNotes notes);
}
