using System.Collections.Frozen;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>
/// Labels of <c>netsh advfirewall firewall show rule</c> and <c>netsh advfirewall show allprofiles</c>, in English,
/// German, French and Spanish, by their ASCII letters (see <see cref="WindowsWords"/>). The first form of each is what
/// outputs published on the web show; others are those of neighbouring versions of Windows.
/// </summary>
internal static class NetshLabels
{
    /// <summary>The languages, for messages.</summary>
    public const string Languages = "English, German, French and Spanish";

    private static readonly FrozenDictionary<string, WindowsField> Labels = new (WindowsField Field, string[] Labels)[]
    {
        (WindowsField.DisplayName, ["rulename", "regelname", "nomdelargle", "nombrederegla", "nombredelaregla"]),
        (WindowsField.Description, ["description", "beschreibung", "descripcin"]),
        (WindowsField.Enabled, ["enabled", "aktiviert", "activ", "habilitada", "habilitado"]),
        (WindowsField.Direction, ["direction", "richtung", "sens", "direccin"]),
        (WindowsField.Profile, ["profiles", "profile", "profils", "perfiles"]),
        (WindowsField.Group, ["grouping", "gruppierung", "groupement", "regroupement", "agrupamiento"]),
        (WindowsField.LocalAddress, ["localip", "lokaleip", "lokalesip", "iplocale", "iplocal"]),
        (WindowsField.RemoteAddress, ["remoteip", "ipdistante", "ipremota", "ipremotas"]),
        (WindowsField.Protocol, ["protocol", "protokoll", "protocole", "protocolo"]),
        (WindowsField.LocalPort, ["localport", "lokalerport", "portlocal", "puertolocal"]),
        (WindowsField.RemotePort, ["remoteport", "portdistant", "puertoremoto"]),
        (WindowsField.NoEffect,
            ["edgetraversal", "edgeausnahme", "traverselatrale", "traverselatraleautorise", "crucesegurodelpermetro"]),
        (WindowsField.Program, ["program", "programm", "programme", "programa"]),
        (WindowsField.Service, ["service", "dienst", "servicio"]),
        (WindowsField.InterfaceType,
            ["interfacetypes", "schnittstellentypen", "typesdinterface", "typesdinterfaces", "tiposdeinterfaz"]),
        (WindowsField.Security, ["security", "sicherheit", "scurit", "seguridad"]),
        (WindowsField.SourceType,
            ["rulesource", "regelquelle", "sourcedelargle", "sourcergle", "origendelaregla", "origenderegla"]),
        (WindowsField.Action, ["action", "aktion", "accin"]),
        (WindowsField.RemoteMachine, ["remotecomputergroup", "remotecomputergroups", "remotemachinegroup"]),
        (WindowsField.RemoteUser, ["remoteusergroup", "remoteusergroups"]),
    }.SelectMany(row => row.Labels, (row, label) => KeyValuePair.Create(label, row.Field))
        .ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> States = Set("state", "status", "tat", "estado");

    private static readonly FrozenSet<string> Defaults = Set("firewallpolicy", "firewallrichtlinie",
        "stratgiedeparefeu", "directivadefirewall", "directivadelfirewall");

    private static readonly FrozenSet<string> On = Set("on", "ein", "actif", "activ", "activado", "activar");

    private static readonly FrozenSet<string> Off = Set("off", "aus", "inactif", "dsactiv", "desactivado", "desactivar",
        "inactivo");

    /// <summary>The property of a rule's label; null for another label.</summary>
    public static WindowsField? Of(string label) =>
        Labels.TryGetValue(WindowsWords.Fold(label), out var field) ? field : null;

    /// <summary>True for the label of a profile's state.</summary>
    public static bool IsState(string label) => States.Contains(WindowsWords.Fold(label));

    /// <summary>True for the label of a profile's default actions.</summary>
    public static bool IsDefaults(string label) => Defaults.Contains(WindowsWords.Fold(label));

    /// <summary>True for on, false for off; null for another word.</summary>
    public static bool? IsOn(string text)
    {
        var word = WindowsWords.Fold(text);
        return On.Contains(word) ? true : Off.Contains(word) ? false : null;
    }

    /// <summary>The profile of a heading such as <c>Domain Profile Settings:</c>; null for another heading.</summary>
    public static NetworkProfiles? Heading(string line)
    {
        var word = WindowsWords.Fold(line);
        if (!(word.Contains("profil", StringComparison.Ordinal) || word.Contains("perfil", StringComparison.Ordinal)))
            return null;
        return word switch
        {
            _ when word.Contains("dom", StringComparison.Ordinal) => NetworkProfiles.Domain,
            _ when word.Contains("priv", StringComparison.Ordinal) => NetworkProfiles.Private,
            _ when word.Contains("public", StringComparison.Ordinal) || word.Contains("pblic", StringComparison.Ordinal)
                || word.Contains("ffentlich", StringComparison.Ordinal) => NetworkProfiles.Public,
            _ => null,
        };
    }

    private static FrozenSet<string> Set(params string[] words) => words.ToFrozenSet(StringComparer.Ordinal);
}
