package io.github.awssecrets.adopter;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

/**
 * An entity.
 */
@Entity
class Customer {

	@Id
	@GeneratedValue
	private Long id;

	private String name;

	protected Customer() {
	}

	Customer(String name) {
		this.name = name;
	}

	Long getId() {
		return this.id;
	}

	String getName() {
		return this.name;
	}

}
