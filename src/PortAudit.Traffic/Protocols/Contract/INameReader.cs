namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Reads names of addresses from the payload of one protocol. Called only for flows proved to be of it.
/// Stateless; never throws and allocates nothing.</summary>
internal interface INameReader
{
    /// <summary>Reads a datagram, or the streams of a connection: these are read again from their start as they grow,
    /// and the last reading counts.</summary>
    /// <param name="payload">The bytes and their sender.</param>
    /// <param name="notes">Receives the names.</param>
    /// <returns>True when further bytes of the flow are irrelevant.</returns>
    bool Read(in NamePayload payload, NameNotes notes);
}
