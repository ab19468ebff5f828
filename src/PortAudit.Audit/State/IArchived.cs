namespace PortAudit.Audit.State;

/// <summary>Something whose content is saved with the state of an audit.</summary>
internal interface IArchived
{
    /// <summary>Gives its content to an archive that saves, or takes it from one that loads; in that case it is new and
    /// empty.</summary>
    void Persist(StateArchive archive);
}
