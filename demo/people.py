"""Two thousand people who never existed, the same ones at every run, with addresses that reach nobody."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

COUNT = 2_000
DOMAINS = ("example.org", "example.com", "example.net", "post.example", "thuis.example", "courrier.example")


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(";"))


FIRST_NL = _names(
    "Noor;Lotte;Emma;Mila;Elise;Marie;Louise;Fien;Hanne;Ella;Julie;Nina;Amber;Jana;Silke;Leen;Griet;Katrien;An;"
    "Ilse;Hilde;Ria;Godelieve;Mieke;Annelies;Sofie;Eline;Liesbeth;Tine;Veerle;Arthur;Noah;Jules;Lucas;Louis;Finn;"
    "Mats;Wout;Seppe;Lander;Jasper;Bram;Thomas;Pieter;Koen;Geert;Dirk;Luc;Marc;Johan;Stijn;Wim;Bart;Jan;Karel;"
    "Joris;Tom;Daan;Rik;Aya;Yasmina;Nora;Samira;Imane;Hind;Ilias;Younes;Bilal;Mehdi;Amir;Tarik;Zeynep;Elif;Emre;"
    "Deniz;Kasia;Piotr;Ania"
)
LAST_NL = _names(
    "Peeters;Janssens;Maes;Jacobs;Mertens;Willems;Claes;Goossens;Wouters;De Smet;Vermeulen;Pauwels;Hermans;"
    "Michiels;Aerts;De Clercq;Desmet;Van Damme;De Backer;Smets;Martens;Verhoeven;Van den Broeck;De Meyer;Coppens;"
    "Bogaert;De Wilde;Vandenberghe;Lemmens;Cools;Segers;Devos;Van Acker;Verstraete;Declercq;Van Hecke;Lambrecht;"
    "De Pauw;Callens;Deprez;Vercruysse;Verbeke;Dewitte;Vandewalle;Roelandt;Van Eeckhout;Haesaert;Matthys;"
    "El Amrani;Benali;Bouazza;Yilmaz;Demir;Kowalska;Nowak;Ouali;Haddad;Diallo;Sow;Tshibangu"
)
FIRST_FR = _names(
    "Louise;Alice;Chloé;Camille;Juliette;Manon;Léa;Zoé;Inès;Élise;Margaux;Clémence;Anne;Isabelle;Martine;"
    "Françoise;Nathalie;Sylvie;Valérie;Véronique;Hélène;Agnès;Louis;Gabriel;Hugo;Victor;Théo;Nathan;Simon;Maxime;"
    "Antoine;Julien;Benoît;François;Philippe;Michel;Jean-Luc;Pascal;Olivier;Étienne;Cédric;Mathieu;Rachid;Karim;"
    "Sofia;Leïla;Amadou;Fatou;Giulia;Marco"
)
LAST_FR = _names(
    "Dubois;Lambert;Martin;Dupont;Simon;Laurent;Denis;Lejeune;Renard;Gérard;Leroy;Lemaire;Dumont;Mathieu;"
    "Charlier;Collard;Delvaux;Henrard;Noël;Toussaint;Bodart;Wathelet;Fontaine;Legrand;Jacquet;Evrard;Gilson;"
    "Masson;Colson;Bastin;Libert;Piette;Delhaye;Parmentier;Dethier;Marchal;Rousseau;Servais;Thiry;Warnier;"
    "Bensalem;Traoré;Rossi;Moretti;da Silva"
)
STREETS_NL = _names("Kerkstraat;Stationsstraat;Molenstraat;Nieuwstraat;Houtkaai;Bleekstraat;Veldstraat;Visserskaai")
STREETS_FR = _names("rue de la Gare;rue Haute;place du Marché;rue des Lanternes;quai de la Saulx;rue du Moulin")
TOWNS_NL = (("9870", "Havermonde"), ("9872", "Havermonde"), ("9880", "Oeverbeke"), ("9884", "Zandvelde"))
TOWNS_FR = (("6980", "Montsaulx"), ("6984", "Valroche"), ("6987", "Ry-le-Haut"))


@dataclass(frozen=True)
class Person:
    """`is_subscriber` carries the label that opens the subscriber tariff."""

    first_name: str
    last_name: str
    email: str
    language: str
    street: str
    postcode: str
    city: str
    phone: str
    is_subscriber: bool
    wants_newsletter: bool


def people(count: int = COUNT, *, seed: int = 1911) -> Iterator[Person]:
    random = Random(seed)
    taken: set[str] = set()
    for _ in range(count):
        yield _person(random, taken)


def _person(random: Random, taken: set[str]) -> Person:
    is_french = random.random() < 0.34
    first = random.choice(FIRST_FR if is_french else FIRST_NL)
    last = random.choice(LAST_FR if is_french else LAST_NL)
    postcode, city = random.choice(TOWNS_FR if is_french else TOWNS_NL)
    street, number = random.choice(STREETS_FR if is_french else STREETS_NL), random.randint(1, 180)
    english = random.random() < 0.05
    return Person(
        first_name=first,
        last_name=last,
        email=_address(random, f"{first}.{last}", taken),
        language="en" if english else "fr" if is_french else "nl",
        street=f"{street} {number}",
        postcode=postcode,
        city=city,
        # 0470 00 is never given out, so nobody's telephone rings.
        phone=f"+32 470 00 {random.randint(0, 99):02d} {random.randint(0, 99):02d}" if random.random() < 0.4 else "",
        is_subscriber=random.random() < 0.16,
        wants_newsletter=random.random() < 0.38,
    )


def _address(random: Random, name: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    local = "".join(letter if letter.isalnum() or letter in ".-" else "" for letter in plain)
    domain, number = random.choice(DOMAINS), 1
    address = f"{local}@{domain}"
    while address in taken:
        number += 1
        address = f"{local}{number}@{domain}"
    taken.add(address)
    return address
