namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Follows one conversation of a control protocol, proved by payload, and reports the ports that it announces.
/// May keep bounded state; never throws, and allocates only for announcements.</summary>
internal interface IDynamicPortTracker
{
    /// <summary>Reads a datagram, or the unread bytes of one direction of a stream.</summary>
    /// <param name="message">The bytes, sender and time.</param>
    /// <param name="notes">Receives the announcements.</param>
    /// <returns>Bytes of a stream consumed: the rest is passed again when more has come. May exceed those present, to
    /// skip further bytes. Ignored for a datagram.</returns>
    int Read(in ControlMessage message, AnnouncementNotes notes);

    /// <summary>Resets the state for another conversation.</summary>
    void Clear();
}
